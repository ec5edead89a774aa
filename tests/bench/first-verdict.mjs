// Prints the milliseconds of the first and the second check of the entry that its argument names (`root` or `validate`), in a
// process that has just begun; with `alone` those of compiling and instantiating the entry's wasm and nothing else.

import { readFileSync } from 'node:fs';

const [entry, alone] = process.argv.slice(2);
const WASM = {
  root: '../../pkg/src/wasm/core_bg.wasm',
  validate: '../../pkg/src/wasm/validate_bg.wasm',
};
const MODULE = { root: 'torque-gitlab-connect', validate: 'torque-gitlab-connect/validate' };

function time(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Every import as a function that does nothing: instantiating does not call them. */
function stubs(module) {
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    imports[from] ??= {};
    imports[from][name] = () => undefined;
  }
  return imports;
}

if (alone) {
  const bytes = readFileSync(new URL(WASM[entry], import.meta.url));
  const start = performance.now();
  const module = new WebAssembly.Module(bytes);
  const compiled = performance.now() - start;
  const imports = stubs(module);
  console.log(JSON.stringify([compiled + time(() => new WebAssembly.Instance(module, imports))]));
} else {
  const { checkRepositoryUrl } = await import(MODULE[entry]);
  const check = () => checkRepositoryUrl('https://h.example/', 'https://h.example/a/b');
  console.log(JSON.stringify([time(check), time(check)]));
}
