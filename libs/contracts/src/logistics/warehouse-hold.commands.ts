import { Word } from '../shared/command-parts.js';

/** `place`: shelf, pallet or room that carries the label. */
export class ApplyHoldLabel { @Word() place!: string }

/** Given by reactions only; no route leads to them. */
export interface PlaceHold { readonly productCode: string; readonly lot: string; readonly caseId: string }
export interface ReleaseHold { readonly productCode: string; readonly lot: string; readonly caseId: string }

export interface WarehouseHoldCommands { PlaceHold: PlaceHold; ApplyHoldLabel: ApplyHoldLabel; ReleaseHold: ReleaseHold }
