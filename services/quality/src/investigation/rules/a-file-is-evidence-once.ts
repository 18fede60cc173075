import type { AddEvidence } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import type { OpenInquiry } from '../investigation.js';

/** P000-29: the same file does not become a second piece of evidence, nor the ground of a later round. */
export function aFileIsEvidenceOnce({ sha256 }: AddEvidence, { files }: OpenInquiry): Refusal | null {
  if (sha256 === undefined || !files.includes(sha256)) return null;
  return refuse('evidence-already-added', {
    zh: '该文件已作为证据登记。', en: 'This file is already among the evidence.',
  }, { rule: 'P000-29', field: 'sha256' });
}
