const MINUTE_MS = 60_000;
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * MINUTE_MS).toISOString();

/**
 * What a clerk types at the telephone: the mandatory members, a number to call back and a few sentences. Of today: with a
 * complaint of long ago all deadlines are found late at once, and 24 events are recorded instead of 3.
 */
export const COMPLAINT = JSON.stringify({
  channel: 'hotline', occurredAt: minutesAgo(60), awareAt: minutesAgo(1), locality: 'local',
  complainant: '王丽', phone: '139 0000 0001', subject: '输液泵报警后无法恢复',
  description: '设备在使用约二十分钟后报警，按说明书重启两次仍不能恢复输注，已换用备用设备，未造成伤害。', demand: '尽快检修或更换，并书面答复原因。',
});
