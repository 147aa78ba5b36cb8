import type { ChildProcess } from 'node:child_process';

export function findChromium(): string | undefined;
export function openAppWindow(browser: string, link: string, profileDir: string): ChildProcess;
