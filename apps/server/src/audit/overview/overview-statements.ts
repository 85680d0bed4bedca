import { BYTES, CHANNEL, DOWNLOADS as LEAVING, OF_GRANT } from '../kinds/of-events.js';

/** What every part asks: $1 publishers (null: all of the portal), $2 models, $3 one model by name, $4 and $5 the time. */
const PLACES = `
  places AS (SELECT id FROM model WHERE ($1::uuid[] IS NULL OR publisher_id = ANY ($1) OR id = ANY ($2::uuid[])) AND ($3::text IS NULL OR slug = $3))`;
const within = (time: string) => `${time} >= $4::timestamptz AND ${time} < $5::timestamptz`;

/** `by` is one of a closed list. */
export const requestsOverTime = (by: string) => {
  const begin = (time: string) => `date_trunc('${by}', ${time}, 'UTC')`;
  return `
    WITH ${PLACES},
      asked AS (SELECT ${begin('submitted_at')} AS begin, count(*) AS n FROM access_request
        WHERE model_id IN (SELECT id FROM places) AND state <> 'draft' AND ${within('submitted_at')} GROUP BY 1),
      decided AS (SELECT ${begin('d.created_at')} AS begin, count(*) FILTER (WHERE d.outcome = 'approve') AS approved,
          count(*) FILTER (WHERE d.outcome = 'reject') AS rejected, count(*) FILTER (WHERE d.outcome = 'return') AS returned,
          percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM d.created_at - q.submitted_at))
            FILTER (WHERE d.outcome <> 'return' AND d.account_id IS NOT NULL AND d.created_at >= q.submitted_at) AS wait
        FROM decision d JOIN access_request q ON q.id = d.request_id WHERE q.model_id IN (SELECT id FROM places) AND ${within('d.created_at')} GROUP BY 1)
    SELECT span AS "from", coalesce(a.n, 0)::float8 AS submitted, coalesce(d.approved, 0)::float8 AS approved, coalesce(d.rejected, 0)::float8 AS rejected,
      coalesce(d.returned, 0)::float8 AS returned, d.wait::float8 AS "medianWait"
    FROM generate_series(${begin('$4::timestamptz')}, $5::timestamptz - interval '1 microsecond', interval '1 ${by}', 'UTC') span
    LEFT JOIN asked a ON a.begin = span LEFT JOIN decided d ON d.begin = span ORDER BY span`;
};

export const ACCEPTANCES = `
  WITH ${PLACES}, counted AS (SELECT license_version_id, count(*) FILTER (WHERE outcome = 'accepted') AS accepted, count(*) FILTER (WHERE outcome = 'declined') AS declined
    FROM acceptance WHERE model_id IN (SELECT id FROM places) AND ${within('created_at')} GROUP BY 1)
  SELECT l.slug AS license, v.n AS version, accepted::float8, declined::float8
  FROM counted c JOIN license_version v ON v.id = c.license_version_id JOIN license l ON l.id = v.license_id ORDER BY l.slug, v.n LIMIT 500`;

/** A redirected download's bytes leave elsewhere: they count as they were asked for. */
export const DOWNLOADS = `
  WITH ${PLACES}, left_here AS (
    SELECT ${CHANNEL} AS channel, g.licensee_id,
      count(*) FILTER (WHERE x.kind = 'link-issued') AS links,
      sum(coalesce(${BYTES}, 0)) AS bytes
    FROM event x LEFT JOIN link l ON l.id = x.subject_id
    LEFT JOIN access_grant g ON g.id = coalesce(l.grant_id, CASE WHEN ${OF_GRANT} THEN x.subject_id END)
    WHERE ${LEAVING} AND x.kind IN ('link-issued', 'download-ended', 'download-redirected', 'torrent-taken', 'pull-ended', 'pull-redirected')
      AND x.model_id IN (SELECT id FROM places) AND ${within('x.at')} GROUP BY 1, 2)
  SELECT channel, coalesce(o.country, p.country) AS country, sum(links)::float8 AS links, sum(bytes)::float8 AS bytes
  FROM left_here x LEFT JOIN licensee k ON k.id = x.licensee_id LEFT JOIN organization o ON o.id = k.organization_id LEFT JOIN person p ON p.account_id = k.account_id
  GROUP BY 1, 2 ORDER BY bytes DESC, links DESC LIMIT 500`;

export const REFUSALS = `
  WITH ${PLACES} SELECT code, count(*)::float8 AS count FROM event x
  WHERE ${LEAVING} AND x.kind IN ('link-refused', 'download-refused', 'pull-refused') AND x.code IS NOT NULL
    AND x.model_id IN (SELECT id FROM places) AND ${within('x.at')} GROUP BY 1 ORDER BY 2 DESC, 1`;
