import { shownWidth, textTable, wrap } from './text-table.js';

const lines = (text: string): string[] => text.split('\n');

describe('a table on a terminal', () => {
  it('counts a Chinese character as two columns, so that columns stay below their heads', () => {
    const [head = '', , first = '', , second = ''] = lines(textTable(['时限', 'Limit'], [[['首次联系'], ['4 h']], [['total', 'cap'], ['5 days']]], 60));
    expect(head).toBe('时限      Limit');
    expect(first.slice(0, first.indexOf('4 h')).length + 4).toBe(head.indexOf('Limit') + 2);
    expect(second.indexOf('5 days')).toBe(shownWidth('首次联系') + 2);
  });

  it('is no wider than the screen, and loses nothing', () => {
    const long = 'within the same twenty-four hours explain the situation, 说明情况并给出明确的解决时间。 '.repeat(4).trim();
    const text = textTable(['a', 'b', 'c'], [[[long], [long], ['complaint.major.report_to_head']]], 70);
    expect(Math.max(...lines(text).map(shownWidth))).toBeLessThanOrEqual(70);
    const letters = (all: string): string => [...all.replace(/[\s─]/g, '')].sort().join('');
    expect(letters(text)).toBe(letters(`abc${long}${long}complaint.major.report_to_head`));
  });

  it('cuts a key that is too long behind a dot or a line, a word anywhere', () => {
    expect(wrap('complaint.major.report_to_head', 20)).toEqual(['complaint.major.', 'report_to_head']);
    expect(wrap('aaaaaaaaaa', 4)).toEqual(['aaaa', 'aaaa', 'aa']);
  });

  it('begins no line with Chinese punctuation', () => {
    expect(wrap('说明情况，给出时间。', 8)).toEqual(['说明情', '况，给出', '时间。']);
  });

  it('keeps a row of short cells without blank lines between', () => {
    expect(lines(textTable(['a'], [[['1']], [['2']]], 40))).toEqual(['a', '─', '1', '2']);
  });
});
