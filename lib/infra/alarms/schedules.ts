import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { type AlarmRules, HOUR, longer, type Watched } from './rule.ts';

const DAY = Duration.days(1);

/** What should have come and did not: editions, news, and the end of what is kept too long. */
export function scheduleRules({ collectEvery, feeds, logged }: Watched): AlarmRules {
  // One metric tells of both, how many runs ended well and how many feeds each found failing: each metric is paid for.
  const failing = logged(['collect'], 'FeedsFailing', '{ $.message = "collected" }', '$.failing');
  return {
    NoEdition: {
      metric: logged(['publish'], 'Published', '{ $.message = "published" }', '1').with({
        period: HOUR,
        statistic: Stats.SUM,
      }),
      below: 1,
      what: 'No run of "publish" has ended well for an hour: an edition is not there by its time.',
      todo: 'Read the log of "publish"; when it is silent, see whether its schedule is enabled and may invoke it.',
    },
    NoNews: {
      metric: failing.with({ period: longer(HOUR, collectEvery.plus(HOUR)), statistic: Stats.SAMPLE_COUNT }),
      below: 1,
      what: 'No run of "collect" has ended well for an hour longer than its schedule says: editions will be empty.',
      todo: 'Read the log of "collect"; when it is silent, see whether its schedule is enabled and may invoke it.',
    },
    FeedsFail: {
      // The least of an hour: every run of it found that many. A failing feed is asked ever more seldom, so it is those
      // that are failing that count, not those that failed in one run.
      metric: failing.with({ period: longer(HOUR, collectEvery), statistic: Stats.MINIMUM }),
      above: Math.floor(feeds / 2),
      what: 'More than half of the feeds could not be read for an hour.',
      todo: 'Look for "feed not read" in the log of "collect"; when all fail alike, look at the network first.',
    },
    NotTidied: {
      metric: logged(['tidy'], 'Tidied', '{ $.message = "tidied" }', '1').with({ period: DAY, statistic: Stats.SUM }),
      below: 1,
      periods: 2,
      what: 'What is stored about readers has not been tidied for two days: deadlines of privacy are missed.',
      todo: 'Read the log of "tidy", mend the cause and invoke it once by hand; it catches up by itself.',
    },
  };
}
