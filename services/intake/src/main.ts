import { startService } from 'aftercare/service-host';
import { intake } from './intake.module.js';

await startService(intake);
