// As much of WebAssembly's interface as is used here: TypeScript has it only with all that a browser has.
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
