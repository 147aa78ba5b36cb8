import type { AppError } from '../../src/core/errors.ts';
import type { Logger } from '../../src/main/engine/ports.ts';

/** A logger that keeps what it is told, as text, for a test to look at. */
export class QuietLogger implements Logger {
  readonly lines: string[] = [];

  info(message: string, context: Readonly<Record<string, unknown>> = {}): void {
    this.lines.push(`info ${message} ${JSON.stringify(context)}`);
  }

  warn(message: string, context: Readonly<Record<string, unknown>> = {}): void {
    this.lines.push(`warn ${message} ${JSON.stringify(context)}`);
  }

  error(error: AppError): void {
    this.lines.push(`error ${error.code} ${error.message} ${String(error.cause ?? '')}`);
  }
}
