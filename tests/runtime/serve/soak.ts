import { killAgainAndAgain } from './kill.ts';
import { sesService, smtpService } from './services.ts';

/** `node tests/runtime/serve/soak.ts [smtp|ses] [kills] [readers]`: the verdict of many kills, as JSON. */
const [by = 'smtp', kills = '60', readers = '150'] = process.argv.slice(2);
const verdict = await killAgainAndAgain({
  ...{ kills: Number(kills), readers: Number(readers), random: Math.random },
  service: by === 'ses' ? sesService : smtpService,
});
process.stdout.write(`${by} ${JSON.stringify(verdict)}\n`);
process.exitCode = verdict.duplicates + verdict.lost;
