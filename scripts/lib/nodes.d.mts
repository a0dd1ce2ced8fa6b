export function nodeProgram(major: number): string | undefined;
