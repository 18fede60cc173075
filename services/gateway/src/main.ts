import { Logger } from '@nestjs/common';
import { createHttpApp } from 'aftercare/service-host';
import { GatewayModule } from './gateway.module.js';

const app = await createHttpApp(GatewayModule, { name: 'gateway', body: 'stream' });
app.enableShutdownHooks();
await app.listen(Number(process.env['AFTERCARE_PORT'] ?? 8080), process.env['AFTERCARE_HOST'] ?? '127.0.0.1');
new Logger('gateway').log(`ready on ${await app.getUrl()}`);
