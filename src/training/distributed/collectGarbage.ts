/**
 * Gives memory back that nothing needs any more, where much of it was let go: a process that allocates little afterwards
 * would hold it for minutes. Our own processes are started so that it works (see ForkedProcess).
 */
export function collectGarbage(): void {
  (globalThis as { readonly gc?: () => void }).gc?.();
}
