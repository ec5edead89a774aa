// Holds the public TypeScript surface of each entry of the package against its report beside this file. With --write it
// writes the reports anew: a change of the surface is a change of a committed file.

import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const place = (path) => fileURLToPath(new URL(path, import.meta.url));
const write = process.argv.includes('--write');
const entries = {
  index: 'index.d.ts',
  validate: 'validate.d.ts',
  proxy: 'proxy.d.ts',
  element: 'element/define.d.ts',
};
const scratch = place('../../target/api');
mkdirSync(scratch, { recursive: true });

const differing = Object.entries(entries).filter(([name, file]) => {
  const config = ExtractorConfig.prepare({
    packageJsonFullPath: place('../../pkg/package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: place('../../pkg'),
      mainEntryPointFilePath: place(`../../pkg/dist/${file}`),
      newlineKind: 'lf', // by default it is Windows'
      compiler: { tsconfigFilePath: place('tsconfig.json') },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: place('.'),
        reportTempFolder: scratch,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        // What it finds odd stands in the report. Release tags there are none: what is exported is public.
        extractorMessageReporting: {
          default: { logLevel: 'warning', addToApiReportFile: true },
          'ae-missing-release-tag': { logLevel: 'none' },
          'ae-undocumented': { logLevel: 'none' },
        },
        // The comments are written for typedoc and for editors.
        tsdocMessageReporting: { default: { logLevel: 'none' } },
      },
    },
  });
  const outcome = Extractor.invoke(config, {
    localBuild: write,
    // Its own advice names its own commands; ours is below.
    messageCallback: (message) => {
      message.handled = message.category === 'console';
    },
  });
  return outcome.apiReportChanged;
});

if (differing.length > 0 && !write) {
  console.error(
    `The public TypeScript surface is not what ${differing.map(([name]) => `docs/api/${name}.api.md`)} says.`,
  );
  console.error('If the change is intended, run `cargo xtask api`, read the difference and commit it.');
  process.exitCode = 1;
}
