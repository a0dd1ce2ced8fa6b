export function vsixFile(target?: string): string;
