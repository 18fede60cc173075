import { spanText } from './span-text.js';

type Case = readonly [said: string, span: Parameters<typeof spanText>[0]];

describe('the length of a clock in words', () => {
  test.each<Case>([
    ['24 小时 / 24 h', { value: 24, unit: 'hour', calendar: 'wall-clock' }],
    ['1 个工作日 / 1 working day', { value: 1, unit: 'working-day', calendar: 'working-days' }],
    ['5 个工作日 / 5 working days', { value: 5, unit: 'working-day', calendar: 'working-days' }],
    ['次日 12:00 前 / 12:00 on the next day', { value: 1, unit: 'day', calendar: 'cut-off', at: '12:00' }],
    ['当日结束前 / end of the same day', { value: 0, unit: 'day', calendar: 'cut-off', at: '24:00' }],
    ['次一工作日 17:30 前 / 17:30 on the next working day', { value: 1, unit: 'working-day', calendar: 'cut-off', at: '17:30' }],
    ['第 3 日 09:00 前 / 09:00 on the 3rd day after', { value: 3, unit: 'day', calendar: 'cut-off', at: '09:00' }],
    ['提前 1 个月 / 1 month ahead', { value: 1, unit: 'month', calendar: 'lead-time' }],
    ['立即 / at once', { value: 0, unit: 'day', calendar: 'wall-clock' }],
    ['未规定（以工作日计） / not set (in working days)', { value: null, unit: 'working-day', calendar: 'working-days' }],
  ])('%s', (said, span) => {
    const { zh, en } = spanText(span);
    expect(`${zh} / ${en}`).toBe(said);
  });
});
