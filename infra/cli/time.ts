import { CliFailure, EXIT } from './exit-codes.js';

const UNIT_SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** `90s`, `15m`, `8h`, `1h30m`, `1d` in seconds. @throws CliFailure */
export function parseDuration(text: string): number {
  const parts = [...text.matchAll(/(\d+)([smhd])/g)];
  const seconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNIT_SECONDS[unit as keyof typeof UNIT_SECONDS], 0);
  if (parts.map(([whole]) => whole).join('') !== text || seconds <= 0) {
    throw new CliFailure(EXIT.usage, `"${text}" is not a duration: write for example 90s, 15m, 8h or 1h30m.`);
  }
  return seconds;
}

const LOCAL = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(:\d{2}(?:\.\d{1,3})?)?)?$/;
const WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/**
 * An instant as people type it, as UTC ISO with milliseconds. Without a zone it is read in Asia/Shanghai (UTC+8);
 * a bare date means its end, so that "as of that day" holds all of the day. @throws CliFailure
 */
export function parseInstant(text: string): string {
  const local = LOCAL.exec(text);
  const [, date, minutes, seconds] = local ?? [];
  const iso = local ? `${date}T${minutes ? `${minutes}${seconds ?? ':00'}` : '23:59:59.999'}+08:00` : WITH_ZONE.test(text) ? text : '';
  const millis = Date.parse(iso);
  if (Number.isNaN(millis)) {
    throw new CliFailure(EXIT.usage, `"${text}" is not a time: write 2026-03-01, "2026-03-01 17:30" (Asia/Shanghai) or 2026-03-01T09:30:00Z.`);
  }
  return new Date(millis).toISOString();
}

/** A UTC instant on the clock of Asia/Shanghai: `2026-03-01 17:30:00`. */
export function onBusinessClock(instant: string): string {
  const millis = Date.parse(instant);
  if (Number.isNaN(millis)) return instant;
  return new Date(millis + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** `850 ms`, `12.3 s`, `4 min 5 s`, `3 h 20 min`. */
export function elapsed(millis: number): string {
  if (millis < 1_000) return `${Math.round(millis)} ms`;
  if (millis < 60_000) return `${(millis / 1_000).toFixed(1)} s`;
  const minutes = Math.floor(millis / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.floor((millis % 60_000) / 1_000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** For what waits: days and hours from two days on, `elapsed` below. */
export function age(millis: number): string {
  const hours = Math.floor(millis / 3_600_000);
  return hours < 48 ? elapsed(millis) : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
