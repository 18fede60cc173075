import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STAGE_TERMS, stageInChinese, wrongStage, type StageCode } from 'aftercare/kernel';

const glossary = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'domain', 'glossary.md'), 'utf8');
const stages = /\n## Stages 阶段\n([^]*?)\n## /.exec(glossary)?.[1] ?? '';

describe('a stage in a refusal', () => {
  it('is told in Chinese with its code, in English by its code alone', () => {
    expect(wrongStage('CloseCase', 'open').message).toEqual({
      zh: '当前阶段“进行中（open）”不能执行“CloseCase”。', en: '"CloseCase" is not possible in stage "open".',
    });
  });

  it('is told in words where the stage alone does not say why', () => {
    expect(wrongStage('EscalateToHead', { zh: '已上报负责人', en: 'escalated' }).message.zh).toBe('当前阶段“已上报负责人”不能执行“EscalateToHead”。');
  });

  it('has the term of the glossary, every one of them', () => {
    const written = [...stages.matchAll(/^\| (\S+) \| `([a-z-]+)` \|$/gm)].map(([, zh, code]) => [code, zh]);
    expect(written).toEqual(Object.entries(STAGE_TERMS));
  });

  it('has no English word for a term', () => {
    for (const code of Object.keys(STAGE_TERMS) as StageCode[]) expect(stageInChinese(code)).toMatch(/^\p{Script=Han}{2,10}（[a-z-]+）$/u);
  });
});
