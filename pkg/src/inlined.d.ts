/** The compiled core in hexadecimal digits, inlined by the build (`build.mjs`). */
declare module '*.wasm' {
  const hex: string;
  export default hex;
}

/** The style sheet of the element as text, made small by the build. */
declare module '*.css' {
  const text: string;
  export default text;
}

/** The JavaScript beside it, made anew for each instance of it. */
declare module '*/core.js?instance' {
  const newGlue: () => typeof import('./wasm/core.js');
  export default newGlue;
}

declare module '*/validate.js?instance' {
  const newGlue: () => typeof import('./wasm/validate.js');
  export default newGlue;
}

interface Uint8ArrayConstructor {
  /** In engines from 2025 on, and ten times as fast as a loop. */
  fromHex?(hex: string): Uint8Array<ArrayBuffer>;
}

interface String {
  /** In engines from 2023 on. Where the text is in Latin-1, which nearly all are, it takes no time. */
  isWellFormed?(): boolean;
}

/** Node.js's, where its `Uint8Array` cannot read digits yet. A page may call something else so. */
declare var Buffer: { from?(text: string, encoding: 'hex'): Uint8Array<ArrayBuffer> } | undefined;
