/** A binary, which the bundle holds as base64. */
declare module '*.wasm' {
  const base64: string;
  export default base64;
}
