import { dateOfDay } from './local-date.js';
import { zoneNamed } from './zone.js';

const shanghai = zoneNamed('Asia/Shanghai');

/** Date `YYYY-MM-DD` that a calendar on the wall in Shanghai shows at an instant. */
export const localDate = (instant: string): string => dateOfDay(shanghai.dayShown(Date.parse(instant)));
