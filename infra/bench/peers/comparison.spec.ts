import { besidePeers } from './comparison-document.js';
import { Figures } from './comparison.js';
import type { Entrant, Standing } from './contestant.js';
import type { Introduction, Ready } from './field.js';

const ready = (id: string, standing: Standing, engine: Entrant['engine'] = 'sqlite'): Ready =>
  ({ entrant: { id, title: id, engine, standing, chosen: '', open: () => Promise.reject(new Error('not opened here')) } }) as unknown as Ready;
const ours = ready('ours-sqlite', 'ours');
const peer = ready('peer', 'peer');
const field: Introduction[] = [ours, peer].map(({ entrant: { id, title } }) => ({ id, title, version: '1', durability: 'FULL', chosen: 'plainly' }));

function figures(column: string, own: readonly number[], other: readonly number[]): Figures {
  const made = new Figures();
  for (const figure of own) made.record(ours, column, figure);
  for (const figure of other) made.record(peer, column, figure);
  return made;
}

const heading = { id: 'x', what: 'Append', unit: 'events/s', better: 'more', how: 'so' } as const;

describe('a table beside other event stores', () => {
  it('given rounds, then neighbours in time are compared: the median of ratios, not the ratio of medians', () => {
    const { lines } = figures('a', [10, 100, 30], [10, 20, 30]).comparison(heading, field);
    expect(lines.map(({ cells }) => cells[0]?.ours)).toEqual([null, 1]);
    expect(lines[1]?.cells[0]?.figure).toBe(20);
  });

  it('given milliseconds, then less is better', () => {
    const { lines } = figures('a', [2], [8]).comparison({ ...heading, better: 'less' }, field);
    expect(lines[1]?.cells[0]?.ours).toBe(4);
  });

  it('given a tail beside a rate, then less is better in that column only', () => {
    const made = figures('rate', [2], [8]);
    made.record(ours, 'tail', 2);
    made.record(peer, 'tail', 8);
    const { lines } = made.comparison({ ...heading, lessIn: ['tail'] }, field);
    expect(lines[1]?.cells.map((cell) => cell?.ours)).toEqual([0.25, 4]);
  });

  it('what one of them cannot do is a gap and no target', () => {
    const made = figures('a', [2], []);
    made.record(peer, 'b', 1);
    expect(made.comparison(heading, field).lines.map(({ cells }) => cells.map((cell) => cell === null))).toEqual([[false, true], [true, false]]);
    expect(made.target('t', 't', 'events/s', '', ['ours-sqlite', 'peer'], 'a', 3)).toEqual([]);
  });

  it('a missed target is said to be missed', () => {
    const [measure] = figures('a', [20], [10]).target('t', 't', 'events/s', '', ['ours-sqlite', 'peer'], 'a', 3);
    expect([measure?.ratio, measure?.met]).toEqual([2, false]);
  });

  it('the page says first where the other was better', () => {
    const page = besidePeers({ comparisons: [figures('1 writer', [5], [10]).comparison(heading, field)] } as unknown as Parameters<typeof besidePeers>[0]).join('\n');
    expect(page).toContain('1 were better:');
    expect(page).toContain('- Append, 1 writer: **peer**, ours reached 0.50 of it');
  });
});
