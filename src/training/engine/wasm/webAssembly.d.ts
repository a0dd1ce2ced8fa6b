// The part of the WebAssembly interface in use: TypeScript declares it only together with the whole DOM.
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>;
  }
  const Module: new (bytes: Uint8Array) => object;
  const Instance: new (module: object, imports: Readonly<Record<string, Readonly<Record<string, Memory>>>>) => Instance;
}
