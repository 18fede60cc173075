import { csvCell } from './csv-cell.js';

describe('a cell of CSV', () => {
  it.each(['=1+1', '+86', '-cmd', '@sum', '\tx', '＝1', '＋1', '－1', '＠x'])('%j is no formula any more', (text) => {
    expect(csvCell(text)).toBe(`'${text}`);
  });
  it.each<[string, string]>([['\r=1', '"\'\r=1"'], ['\n=1', '"\'\n=1"'], ['=A1,"x"', '"\'=A1,""x"""'], ['退货, 急', '"退货, 急"'], ['a=b', 'a=b'], ['', '']])('%j is written as %j', (text, written) => {
    expect(csvCell(text)).toBe(written);
  });
  it.each<[number | boolean | null | undefined, string]>([[-5, '-5'], [0, '0'], [true, 'true'], [null, ''], [undefined, '']])('%p is written as %j', (value, written) => {
    expect(csvCell(value)).toBe(written);
  });
});
