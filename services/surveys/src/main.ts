import { startService } from 'aftercare/service-host';
import { surveys } from './surveys.module.js';

await startService(surveys);
