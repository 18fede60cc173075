import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packSchema } from './pack.schema.js';
import { readFileAs, UnreadablePolicyFile } from './read-packs.js';

const SOUND = `id: OURS
version: 1
kind: company
title: { zh: 细则, en: Rules }
origin: { zh: 文件, en: Document }
validFrom: '2026-01-01'
validTo: null
confirmed: true
params:
  complaint.major.loss_threshold:
    kind: amount
    value: '5000.00'
    currency: CNY
    clause: '7'
    rows: []
    source: stated
`;

describe('a policy file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'aftercare-yaml-'));
  const file = join(folder, 'OURS.yaml');
  afterAll(() => rmSync(folder, { recursive: true }));

  const faultsOf = async (content: string | Uint8Array): Promise<readonly string[]> => {
    writeFileSync(file, content);
    return readFileAs(file, packSchema).then(() => [], (error: unknown) => {
      if (error instanceof UnreadablePolicyFile) return error.faults;
      throw error;
    });
  };
  const slip = (from: string, to: string) => faultsOf(SOUND.replace(from, to));

  it.each([['as it is', SOUND], ['with the mark of a Windows editor', `\ufeff${SOUND}`], ['with line ends of Windows', SOUND.replaceAll('\n', '\r\n')]])('is read %s', async (_, text) => {
    expect(await faultsOf(text)).toEqual([]);
  });

  it.each([
    ['a tab', '    currency', '\tcurrency', /^line 13 第 13 行: a tab indents it: use blanks 用制表符缩进：改用空格 \(\d+ more may follow from it 另有 \d+ 处可能由此引起\)\n {2}> ⇥currency: CNY$/],
    ['a line too far right', "    clause: '7'", "      clause: '7'", /^line 13 第 13 行: no further "key: value" can follow this value: .* 此值之后不能再有“键: 值”：/],
    ['a line too far left', "    clause: '7'", "   clause: '7'", /^line 14 第 14 行: the indentation is not that of .*: align them 缩进与同级的上一行不一致：对齐/],
    ['a colon of a Chinese keyboard', 'currency: CNY', 'currency：CNY', /^line 13 第 13 行: this line is no "key: value": .*\(it has the full-width ：: where that is no text, write :\) 此行不是“键: 值”：.*（此行含全角符号 ：，/],
    ['no blank behind the colon', 'version: 1', 'version:1', /^line 2 第 2 行: this line is no "key: value": write a colon and a blank after the key 此行不是/],
    ['a key twice', 'version: 1', 'version: 1\nversion: 2', /^line 3 第 3 行: version stands there twice: keep one of them version 在同一处出现了两次：只留一个/],
    ['an open bracket', 'rows: []', 'rows: [', /^line 16 第 16 行: a bracket before it is not closed: write \], .* 前面的括号没有关闭：补上 \]；/],
    ['an open quote', "clause: '7'", "clause: '7", /the closing quote is missing: write it 引号没有关闭：补上/],
    ['a sign of YAML', 'currency: CNY', 'currency: @CNY', /^line 13 第 13 行: a text cannot begin with @: put it into quotes 文字不能以 @ 开头：加引号/],
    ['a condition without quotes', "value: '5000.00'", 'value: >= 5000.00', /^line 12 第 12 行: .* put the text into quotes .*给文字加引号/],
    ['an asterisk', 'currency: CNY', 'currency: *CNY', /^line 13 第 13 行: this sign has a meaning of its own in YAML: put the text into quotes 此符号在 YAML 中另有含义：给文字加引号/],
    ['a second document', 'params:', '---\nparams:', /--- begins a second document: write one into a file --- 开始了第二份文档：一个文件只写一份/],
  ])('with %s is told in both languages where that is and what to do, once', async (_, from, to, said) => {
    expect(await slip(from, to)).toEqual([expect.stringMatching(said)]);
  });

  it.each([
    ["value: '5000.00'", 'value: 5000', "line 12 第 12 行 /params/complaint.major.loss_threshold/value: must be yuan with two decimals as a text: write it like '5000.00' 须为带两位小数的金额文字（元）：例如 '5000.00'"],
    ["value: '5000.00'", 'value: 5000.00', "line 12 第 12 行: 5000.00 would be read as 5000: write a whole number without decimals, also for an amount in fen, or put a text into quotes, like '5000.00' 5000.00 会被读作 5000：写不带小数的整数（以分计的金额亦同），或给文字加引号，如 '5000.00'"],
    ["'2026-01-01'", '2026－01－01', "line 6 第 6 行 /validFrom: must be a date: write it like '2026-03-31' (it has the full-width －: where that is no text, write -) 须为日期：例如 '2026-03-31'（含全角符号 －，若不是正文，改为半角 -）"],
    ['rows: []', 'rows: ［］', 'line 15 第 15 行 /params/complaint.major.loss_threshold/rows: must be a list (it has the full-width ［ ］: where that is no text, write [ ]) 须为列表（含全角符号 ［ ］，若不是正文，改为半角 [ ]）'],
    ['complaint.major.loss', 'complaint.Major.loss', 'line 10 第 10 行 /params: has additional properties complaint.Major.loss_threshold: a key has small letters, digits and _ in parts with a dot between them: write it like complaint.first_contact 不认识的成员 complaint.Major.loss_threshold：键由小写字母、数字和 _ 组成，以 . 分段，例如 complaint.first_contact'],
  ])('whose content is wrong names the line: %s', async (from, to, said) => {
    expect(await slip(from, to)).toEqual([said]);
  });

  it('in another encoding is refused: its Chinese would be noise in the log for good', async () => {
    const gbk = Buffer.concat([Buffer.from(SOUND.slice(0, SOUND.indexOf('细则'))), Buffer.from([0xcf, 0xb8, 0xd4, 0xf2]), Buffer.from(SOUND.slice(SOUND.indexOf('细则') + 2))]);
    expect(await faultsOf(gbk)).toEqual(['line 4 第 4 行: is not written in UTF-8: save the file as UTF-8 不是 UTF-8 编码：请另存为 UTF-8']);
    expect(await faultsOf(Buffer.from(`\ufeff${SOUND}`, 'utf16le'))).toEqual([expect.stringContaining('另存为 UTF-8')]);
  });

  it('that is a company file among the packs, or a pack in its place, is called what it is', async () => {
    const { adoptionSchema } = await import('../adoption/adoption.schema.js');
    writeFileSync(file, SOUND);
    await expect(readFileAs(file, adoptionSchema)).rejects.toMatchObject({ faults: [expect.stringMatching(/^is a pack and no company file: .*这是政策包，不是公司文件/)] });
    expect(await slip('params:', 'precedence:')).toEqual([expect.stringMatching(/^is a company file and no pack: .*这是公司文件，不是政策包/)]);
  });
});
