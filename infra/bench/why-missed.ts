const VISIBLE = 'after the commit in intake a case waits for the relay, NATS, one synced append in surveys and one fold, beside the syncs of all other departments '
  + 'on the same disk. On a shared machine p50 was 4 to 9 ms in the quieter rounds and tens of milliseconds, once seconds, in the others; which part of the way waits then has not been measured';

const ONE_WRITER = 'one writer waits for one sync of the disk per append, on both sides, and nothing can be shared. The bare loop, which does little else, is the ceiling: its figure in the table '
  + 'divided by the other store\'s is all that any design can win here. Appends that share a sync are judged with 64 writers';

/** What is known about targets that were not always reached, by measure; shown only when a run misses one. */
export const WHY_MISSED: Readonly<Record<string, string>> = {
  'append-hundreds': 'the port checks every event and writes its RFC 8785 form before the insert, the yardstick gets the finished bytes. In hundreds the sync is shared, so this work '
    + 'is most of the difference; between 0.58 and 0.73 in five quick runs on a busy machine',
  rebuild: 'every event is folded into two tables besides being read and parsed, which is all that the yardstick does',
  'commands-http': 'the service checks, decides and seals seven texts for each insert of the yardstick, and syncs twice in a row: the key of a new data subject '
    + 'before the event sealed under it. Since a complaint keeps its policy version and sets its clocks, it records three events instead of one. A command takes 2.1 ms of processor time '
    + 'in all, relay and read models included, in no place a tenth of it',
  'visible-100-p50': VISIBLE,
  'visible-100-p99': VISIBLE,
  'visible-200-p50': VISIBLE,
  'visible-200-p99': VISIBLE,
  'peers-singly-emmett-sqlite': ONE_WRITER,
  'peers-singly-emmett-postgres': ONE_WRITER,
  'peers-singly-bare-postgres': 'the server does about twice the work of the bare insert for one append of ours: it locks the head, looks up command and version, '
    + 'writes event, receipt and head, and its guards look at each. One question and one sync, as in the bare loop',
  'peers-64-emmett-postgres': 'Emmett writes through ten connections, whose commits PostgreSQL syncs together; ours writes whole groups through one, in the order of the dense index. Both share syncs, so the gap is smaller than on sqlite',
  'peers-hundreds-emmett-postgres': 'one writer in hundreds: most of the time is PostgreSQL writing the same rows and their indexes for both',
  start: 'seven processes read and compile about 1,800 files each, nearly 10 s of processor time in all, so two cores need five seconds and whatever else runs comes on top. '
    + 'Most is Nest, rxjs, class-validator and what these load; Node 20 keeps no compiled ES modules between starts',
  import: 'every row is a whole command: checked, decided, seven texts sealed under a key of its own, recorded, then answered by surveys and folded into read models on the same cores. '
    + 'Whether processor or disk limits it has not been told apart',
};
