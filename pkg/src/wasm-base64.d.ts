/** The compiled core, inlined by the build (`build.mjs`). */
declare module '*.wasm' {
  const base64: string;
  export default base64;
}
