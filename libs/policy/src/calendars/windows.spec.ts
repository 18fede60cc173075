import { calendar } from './testing/shanghai.js';
import { openingsOf, windowFaults } from './windows.js';

const hours = (text: string): number => Number(text) * 3_600_000;
const weekdays = [1, 2, 3, 4, 5];

describe('working windows', () => {
  it('of a day come in order, however they are listed', () => {
    const openings = openingsOf([{ weekdays, from: '13:00', to: '17:00' }, { weekdays, from: '08:00', to: '12:00' }]);
    expect(openings('weekday', 1)).toEqual([{ from: hours('8'), to: hours('12') }, { from: hours('13'), to: hours('17') }]);
  });
  it('of a make-up day are those of the first weekday from Monday to Friday that is listed, or of the day itself', () => {
    const openings = openingsOf([{ weekdays: [7, 3], from: '08:00', to: '12:00' }, { weekdays: [1], from: '09:00', to: '10:00' }]);
    expect(openings('make-up', 6)).toEqual([{ from: hours('8'), to: hours('12') }]);
    const weekendsOnly = openingsOf([{ weekdays: [6], from: '08:00', to: '12:00' }]);
    expect([weekendsOnly('make-up', 6), weekendsOnly('make-up', 7)]).toEqual([[{ from: hours('8'), to: hours('12') }], []]);
  });
  it('are closed on a holiday, also where Saturday is listed', () => {
    const openings = openingsOf([{ weekdays: [5, 6], from: '08:00', to: '12:00' }]);
    expect([openings('holiday', 6), openings('holiday', 5), openings('weekend', 7)]).toEqual([[], [], []]);
  });
  it('until 24:00 are whole days', () => {
    expect(windowFaults({ default: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }] })).toEqual([]);
  });

  it.each<[string, Parameters<typeof windowFaults>[0], string]>([
    ['overlap', { default: [{ weekdays, from: '09:00', to: '12:00' }, { weekdays: [5], from: '11:59', to: '14:00' }] }, 'default windows of weekday 5 overlap'],
    ['go past midnight', { default: [{ weekdays, from: '22:00', to: '06:00' }] }, 'default 22:00 to 06:00: a window past midnight is two windows'],
    ['are empty', { default: [{ weekdays, from: '09:00', to: '09:00' }] }, 'default 09:00 to 09:00: a window past midnight is two windows'],
    ['end at 24:30', { default: [{ weekdays, from: '09:00', to: '24:30' }] }, 'default 09:00 to 24:30: a day ends at 24:00'],
    ['leave most units without any', { hotline: [{ weekdays, from: '09:00', to: '18:00' }] }, 'default is missing: it holds for every unit that is not named'],
  ])('that %s are named with their unit and refused', (_, windows, fault) => {
    expect(windowFaults(windows).map(({ unit, says }) => `${unit} ${says}`)).toEqual([fault]);
    expect(() => calendar({ windows })).toThrow(RangeError);
  });
  it('may touch', () => {
    expect(windowFaults({ default: [{ weekdays, from: '09:00', to: '12:00' }, { weekdays, from: '12:00', to: '14:00' }] })).toEqual([]);
  });
});
