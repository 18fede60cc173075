import { ViewBuilding, ViewStopped, type ViewReader } from 'aftercare/projections';
import { openDecisionView } from './open-decision.view.js';

/** How many questions wait for a person, and since when the oldest one does. */
export interface OpenDecisionNumbers {
  readonly open: number;
  readonly oldestSince: string | null;
}

/** Null while the rows are being computed: no number is better than a wrong one, and a status has to be given. */
export function openDecisionNumbers(views: ViewReader): OpenDecisionNumbers | null {
  const where = { state: 'open' };
  try {
    const [oldest] = views.list(openDecisionView, { where, orderBy: 'since', limit: 1 }).items;
    return { open: views.count(openDecisionView, where), oldestSince: oldest?.since ?? null };
  } catch (error) {
    if (error instanceof ViewBuilding || error instanceof ViewStopped) return null;
    throw error;
  }
}
