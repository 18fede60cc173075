import { History, type Operation } from './history.js';
import { effectViolations, historyViolations, logViolations, reversedEffects, type LogEntry } from './history-check.js';

const entry = (index: number, over: Partial<LogEntry> = {}): LogEntry =>
  ({ log: 'intake', index, stream: `s-${index}`, version: 0, id: `e-${index}`, type: 'Registered', operation: null, cause: null, ...over });
const operation = (id: string, ending: Operation['ending'], over: Partial<Operation> = {}): Operation =>
  ({ id, ending, events: 1, began: 1, ended: ending === 'unknown' ? Number.POSITIVE_INFINITY : 2, ...over });
const rules = (found: readonly { readonly rule: string }[]) => found.map(({ rule }) => rule);

describe('a history against the log', () => {
  it('given an acknowledged, a refused and two unknown operations as they should be, then nothing is wrong', () => {
    const told = [operation('a-1', 'ok'), operation('a-2', 'fail'), operation('a-3', 'unknown'), operation('a-4', 'unknown')];
    expect(historyViolations(told, [entry(0, { operation: 'a-1' }), entry(1, { operation: 'a-3' }), entry(2)])).toEqual([]);
  });

  it.each<[string, Operation[], LogEntry[]]>([
    ['acknowledged-lost', [operation('a-1', 'ok')], []],
    ['refused-present', [operation('a-1', 'fail')], [entry(0, { operation: 'a-1' })]],
    ['doubled', [operation('a-1', 'ok')], [entry(0, { operation: 'a-1' }), entry(1, { operation: 'a-1' })]],
    ['doubled', [operation('a-1', 'unknown')], [entry(0, { operation: 'a-1' }), entry(7, { operation: 'a-1' })]],
    ['torn', [operation('a-1', 'unknown', { events: 2 })], [entry(0, { operation: 'a-1' })]],
    ['torn', [operation('a-1', 'ok', { events: 2 })], [entry(0, { operation: 'a-1' }), entry(1), entry(2, { operation: 'a-1' })]],
    ['nobodys', [], [entry(0, { operation: 'z-9' })]],
    ['order-reversed', [operation('a-1', 'ok', { began: 1, ended: 2 }), operation('b-1', 'ok', { began: 3, ended: 4 })],
      [entry(0, { operation: 'b-1' }), entry(1, { operation: 'a-1' })]],
  ])('%s is named', (rule, told, log) => {
    expect(rules(historyViolations(told, log))).toEqual([rule]);
  });

  it('given two operations under way at the same time, then either order is right', () => {
    const told = [operation('a-1', 'ok', { began: 1, ended: 4 }), operation('b-1', 'ok', { began: 2, ended: 3 })];
    expect(historyViolations(told, [entry(0, { operation: 'b-1' }), entry(1, { operation: 'a-1' })])).toEqual([]);
  });

  it('given a command that records nothing, then its absence is no loss', () => {
    expect(historyViolations([operation('a-1', 'ok', { events: 0 })], [])).toEqual([]);
  });
});

describe('the shape of a log', () => {
  it('given dense indexes and versions, then nothing is wrong', () => {
    expect(logViolations([entry(0), entry(1, { stream: 's-0', version: 1 }), entry(2)])).toEqual([]);
  });

  it.each<[string, LogEntry[]]>([
    ['index-not-dense', [entry(0), entry(2)]],
    ['version-not-dense', [entry(0), entry(1, { stream: 's-0', version: 2 })]],
    ['version-not-dense', [entry(0), entry(1, { stream: 's-0', version: 0 })]],
    ['id-twice', [entry(0), entry(1, { id: 'e-0' })]],
  ])('%s is named', (rule, log) => {
    expect(rules(logViolations(log))).toEqual([rule]);
  });
});

describe('effects downstream', () => {
  const rule = { name: 'open', cause: ({ type }: LogEntry) => type === 'Registered', effect: ({ type }: LogEntry) => type === 'Opened' };
  const opened = (index: number, cause: string | null) => entry(index, { log: 'quality', type: 'Opened', cause, id: `q-${index}` });

  it('given one effect per cause, then nothing is wrong', () => {
    expect(effectViolations(rule, [entry(0), entry(1), opened(0, 'e-1'), opened(1, 'e-0')])).toEqual([]);
  });

  it.each<[string, LogEntry[]]>([
    ['effect-missing', [entry(0)]],
    ['effect-doubled', [entry(0), opened(0, 'e-0'), opened(1, 'e-0')]],
    ['effect-without-cause', [opened(0, 'e-5')]],
    ['effect-without-cause', [opened(0, null)]],
  ])('%s is named', (name, logs) => {
    expect(rules(effectViolations(rule, logs))).toEqual([name]);
  });
});

describe('the order of effects', () => {
  const rule = { name: 'open', cause: ({ type }: LogEntry) => type === 'Registered', effect: ({ type }: LogEntry) => type === 'Opened' };
  const opened = (index: number, cause: string) => entry(index, { log: 'quality', type: 'Opened', cause, id: `q-${index}` });
  const logs = [entry(0), entry(1), opened(0, 'e-1'), opened(1, 'e-0')];

  it('given effects of one case in another order than their causes, then effects-reversed is named', () => {
    expect(rules(reversedEffects(rule, logs, () => 'one case'))).toEqual(['effects-reversed']);
    expect(reversedEffects(rule, logs, ({ stream }) => stream)).toEqual([]);
  });
});

describe('what clients remember', () => {
  it('given no answer, then the operation stays unknown until a repeat is answered', () => {
    const history = new History();
    const id = history.begin('a');
    expect([id, history.count('unknown')]).toEqual(['a-1', 1]);
    history.end(id, 'unknown');
    history.beginAs(id);
    history.end(id, 'ok');
    expect(history.operations).toMatchObject([{ id: 'a-1', ending: 'ok', began: 1 }]);
  });

  it('given an answer that contradicts an earlier one, then it is not hidden', () => {
    const history = new History();
    history.end(history.begin('a'), 'ok');
    history.end('a-1', 'fail');
    expect(historyViolations(history.operations, [entry(0, { operation: 'a-1' })])).toEqual([{ rule: 'answers-contradict', what: 'a-1: ok and then fail' }]);
    expect(() => history.end('a-2', 'ok')).toThrow('never begun');
  });
});
