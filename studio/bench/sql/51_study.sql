-- 问师傅, 专项跟进, 观摩, 做法 and 情景党课: dealt out along the sessions, so that they grow with them.

INSERT INTO mentoring_question (id, version, studio_id, asker_id, mentor_id, audience, topic, text, asked_at, answer,
       answered_at, answered_by_id, more, more_answer, due_on)
SELECT row_number() OVER (ORDER BY id), 1, studio_id, person_id, mentor_id, CASE n WHEN 1 THEN 'group' ELSE 'private' END,
       'communication', '楼组长说不想干了，第一句话该怎么说？', held_on + interval '10 hours',
       CASE WHEN answered THEN '先听他把话说完，再一起去看现场。' ELSE '' END,
       CASE WHEN answered THEN held_on + interval '34 hours' END, CASE WHEN answered THEN mentor_id END, '', '',
       CASE WHEN NOT answered THEN held_on + 3 END
  FROM (SELECT *, held_on < %(today)s::date - 4 OR id %% 2 = 0 AS answered FROM bench_attendance
         WHERE (session_id + n) %% 8 = 0) asked;

INSERT INTO mentoring_campaign (id, version, studio_id, name, about, starts_on, quiet_days)
SELECT s, 1, 1 + s, '居民区换届选举', '一步一步跟', %(today)s::date - 4000, 14 FROM generate_series(1, %(streets)s) s;

INSERT INTO mentoring_stage (id, studio_id, campaign_id, "order", name, hint)
SELECT (s - 1) * 7 + n, 1 + s, s, n, '第' || n || '件事', '' FROM generate_series(1, %(streets)s) s, generate_series(1, 7) n;

INSERT INTO mentoring_matter (id, version, studio_id, campaign_id, neighbourhood_id, mentor_id, stage_id, stage_since, stuck,
       stuck_at, stuck_by_id)
SELECT (s - 1) * 30 + n, 1, 1 + s, s, (s - 1) * 30 + n, g.mentor_id, (s - 1) * 7 + 1 + n %% 7, %(today)s::date - 9,
       CASE n %% 9 WHEN 0 THEN '没有人愿意当候选人' ELSE '' END, CASE n %% 9 WHEN 0 THEN %(now)s::timestamptz END,
       CASE n %% 9 WHEN 0 THEN g.mentor_id END
  FROM generate_series(1, %(streets)s) s, generate_series(1, 30) n
  JOIN LATERAL (SELECT mentor_id FROM bench_group WHERE street = s AND running ORDER BY number
                OFFSET n %% 6 LIMIT 1) g ON true;

INSERT INTO mentoring_contact (id, studio_id, matter_id, kind, way, "on", text, stage_id, moved, finished, by_id, at)
SELECT id, studio_id, (street - 1) * 30 + 1 + id %% 30, (ARRAY['analyse', 'order', 'settle', 'urge'])[1 + id %% 4], 'phone',
       held_on, '名单又核了一遍', (street - 1) * 7 + 1, false, false, mentor_id, held_on + interval '15 hours'
  FROM bench_session;

INSERT INTO mentoring_series (id, version, studio_id, name, about, in_use)
SELECT s, 1, 1 + s, '跟着先进学先进', '', true FROM generate_series(1, %(streets)s) s;

INSERT INTO mentoring_visit (id, version, studio_id, series_id, title, "on", about, note, state, why, by_id, at)
SELECT row_number() OVER (ORDER BY held_on, id), 1, studio_id, street, '去看六维关怀', held_on, '', '', 'held', '', 10 + street,
       held_on - interval '5 days'
  FROM bench_session WHERE id %% 9 = 0;

INSERT INTO mentoring_stop (id, studio_id, visit_id, "order", place, host, focus)
SELECT id, studio_id, id, 1, '先进居民区', '韩书记', '怎么送到户' FROM mentoring_visit;

INSERT INTO mentoring_participant (id, studio_id, visit_id, person_id)
SELECT row_number() OVER (ORDER BY v.id, a.person_id), v.studio_id, v.id, a.person_id
  FROM (SELECT id AS session_id, row_number() OVER (ORDER BY held_on, id) AS visit_id FROM bench_session WHERE id %% 9 = 0) w
  JOIN mentoring_visit v ON v.id = w.visit_id
  JOIN bench_attendance a ON a.session_id = w.session_id;

INSERT INTO mentoring_practice (id, version, studio_id, name, what, place, seen_on, seen_by_id, visit_id, at)
SELECT p.id, 1, p.studio_id, '六维关怀', '添丁送鸡蛋，搬家送蛋糕，升学送一支笔。', '先进居民区', v."on", p.person_id, v.id,
       v."on" + interval '20 hours'
  FROM mentoring_participant p JOIN mentoring_visit v ON v.id = p.visit_id;

INSERT INTO mentoring_uptake (id, version, studio_id, practice_id, person_id, plan, check_on, result, told, checked_at,
       checked_by_id, at)
SELECT id, 1, studio_id, id, seen_by_id, '先从搬家的三户试', seen_on + 90,
       CASE WHEN checked THEN 'worked' ELSE '' END, CASE WHEN checked THEN '三户都来谢了' ELSE '' END,
       CASE WHEN checked THEN seen_on + interval '91 days' END, CASE WHEN checked THEN seen_by_id END, at
  FROM (SELECT *, seen_on + 91 < %(today)s::date AS checked FROM mentoring_practice) p;

INSERT INTO mentoring_scene (id, version, studio_id, title, setting, conflict, script, questions, topics, origin, state, by_id, at)
SELECT row_number() OVER (ORDER BY held_on, id), 1, studio_id, '七点钟的征询会', '居委会活动室', '一楼怕挡光',
       '书记：大家先坐。' || chr(10) || '阿姨：我不同意。', '第一句话怎么说？', ARRAY['communication']::varchar[], '', 'ready',
       mentor_id, held_on + interval '18 hours'
  FROM bench_session WHERE id %% 8 = 0;

INSERT INTO mentoring_scenerole (id, studio_id, scene_id, "order", name, about)
SELECT id, studio_id, id, 1, '书记', '' FROM mentoring_scene;

INSERT INTO mentoring_performance (id, version, studio_id, scene_id, "on", place, state, seen, by_id, at, held_at, held_by_id)
SELECT id, 1, studio_id, id, at::date, '红色议事厅', 'held', '先问难处', by_id, at, at, by_id FROM mentoring_scene;
