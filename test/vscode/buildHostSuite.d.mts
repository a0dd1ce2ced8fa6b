export const hostSuite: string;
export default function buildHostSuite(): Promise<void>;
