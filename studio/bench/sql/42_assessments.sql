-- 考核评估 of the big street: a round being scored, one being moderated, two published; at most 2,000 people each,
-- three sheets a person, twelve marks a sheet. Rounds 1 to 4.

INSERT INTO growth_indicatorset (id, studio_id, number, made_by_id, made_at) VALUES (1, 2, 1, 11, %(now)s);

INSERT INTO growth_indicator (id, studio_id, set_id, "order", name, competency, words_1, words_3, words_5)
SELECT n, 2, 1, n, '第' || n || '项指标',
       (ARRAY['party', 'governance', 'team', 'communication', 'emergency', ''])[(n + 1) / 2],
       '要别人一步步带着做', '一般的事能自己办下来', '难事能找到办法，还能带别人办'
  FROM generate_series(1, 12) n;

INSERT INTO growth_round (id, version, studio_id, name, state, since, until, score_by, indicators_id, self_weight,
       mentor_weight, street_weight, mass_weight, excellent_from, good_from, pass_from, publicised, appeal_days,
       street_split, opened_at, closed_at, appeal_until, published_at, published_by_id, made_by_id, made_at)
SELECT n, 1, 2, '第' || n || '轮考核', state, %(today)s::date - back - 60, %(today)s::date - back,
       %(today)s::date - back + 10, 1, 10, 40, 40, 10, 4.5, 3.5, 2.5, true, 5, false, %(now)s,
       CASE WHEN state <> 'scoring' THEN %(now)s::timestamptz END, NULL,
       CASE WHEN state = 'published' THEN %(now)s::timestamptz END, CASE WHEN state = 'published' THEN 11 END, 11, %(now)s
  FROM (VALUES (1, 'published', 190), (2, 'published', 130), (3, 'moderating', 70), (4, 'scoring', 5))
       rounds(n, state, back);

CREATE TEMP TABLE bench_assessed ON COMMIT PRESERVE ROWS AS
SELECT (r - 1) * 2000 + place AS id, r AS round_id, p.id AS person_id, p.mentor_id, place
  FROM generate_series(1, 4) r,
       (SELECT id, mentor_id, row_number() OVER (ORDER BY running DESC, id) AS place FROM bench_pupil WHERE street = 1) p
 WHERE place <= 2000;

INSERT INTO growth_assessed (id, version, studio_id, round_id, person_id, "order", ballots_5, ballots_4, ballots_3,
       ballots_2, ballots_1, dropped_why)
SELECT id, 1, 2, round_id, person_id, place, 12, 10, 5, 1, 0, '' FROM bench_assessed;

-- Of the open round every second sheet of a mentor was sent.
INSERT INTO growth_sheet (id, version, studio_id, round_id, assessed_id, scorer_id, side, sent_at, strengths, improve)
SELECT id * 3 + turn, 1, 2, round_id, id, CASE turn WHEN 0 THEN person_id WHEN 1 THEN mentor_id ELSE 11 END,
       (ARRAY['self', 'mentor', 'street'])[turn + 1],
       CASE WHEN round_id < 4 OR turn = 1 AND place %% 2 = 0 THEN %(now)s::timestamptz END, '{}', '{}'
  FROM bench_assessed, generate_series(0, 2) turn;

INSERT INTO growth_mark (id, studio_id, sheet_id, indicator_id, value, words)
SELECT row_number() OVER (), 2, s.id, n, CASE WHEN (s.id + n) %% 17 = 0 THEN NULL ELSE 2 + (s.id + n) %% 3 END, ''
  FROM growth_sheet s, generate_series(1, 12) n WHERE s.sent_at IS NOT NULL;

INSERT INTO growth_result (id, version, studio_id, assessed_id, number, total, grade, strengths, improve, copy, why, by_id, at)
SELECT id, 1, 2, id, 1, 3.10, 'pass', ARRAY['肯跑，楼组长都认得', '材料写得清楚'], ARRAY['上门先听满十分钟', '自己主持一次会'],
       jsonb_build_object('weights', '{"self": 10, "mentor": 40, "street": 40, "mass": 10}'::jsonb,
           'bounds', '{"excellent": "4.50", "good": "3.50", "pass": "2.50"}'::jsonb,
           'masses', '{"5": 12, "4": 10, "3": 5, "2": 1, "1": 0}'::jsonb,
           'competencies', '{"party": "3.20", "governance": "3.00", "team": "2.80", "communication": "3.40",
                             "emergency": "2.60"}'::jsonb,
           'indicators', (SELECT jsonb_agg(jsonb_build_object('key', n, 'name', '第' || n || '项指标', 'competency', '',
               'sides', '{"self": [4, 1], "mentor": [3, 1], "street": [3, 1]}'::jsonb, 'adjusted', NULL, 'why', '',
               'value', '3.11')) FROM generate_series(1, 12) n), 'round', '考核', 'name', '学员'),
       '', 11, %(now)s
  FROM bench_assessed WHERE round_id < 4;

DROP TABLE bench_assessed;
