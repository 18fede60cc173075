/** What a clerk types at the telephone: the mandatory members, a number to call back and a few sentences. */
export const COMPLAINT = JSON.stringify({
  channel: 'hotline', occurredAt: '2026-03-02T01:00:00.000Z', awareAt: '2026-03-02T01:30:00.000Z', locality: 'local',
  complainant: '王丽', phone: '139 0000 0001', subject: '输液泵报警后无法恢复',
  description: '设备在使用约二十分钟后报警，按说明书重启两次仍不能恢复输注，已换用备用设备，未造成伤害。', demand: '尽快检修或更换，并书面答复原因。',
});
