import { readFileSync } from 'node:fs';

/** Seconds of processor time that a process has used; null where the system does not tell. */
export function cpuSeconds(pid: number): number | null {
  const stat = readProcess(pid, 'stat');
  if (stat === null) return null;
  // The name, in brackets, may hold spaces; user and system time are the 12th and 13th field after it, in hundredths.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Bytes of memory that a process holds; null where the system does not tell. */
export function residentBytes(pid: number): number | null {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readProcess(pid, 'status') ?? '')?.[1];
  return kilobytes === undefined ? null : Number(kilobytes) * 1024;
}

function readProcess(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}
