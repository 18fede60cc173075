import type { Upcaster } from 'aftercare/kernel';

/** One for every step from a released version of an event to the next. Released steps are never edited. */
export const upcasters: readonly Upcaster[] = [];
