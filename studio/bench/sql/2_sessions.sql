-- Teaching sessions with attendance, reflections, next steps, notices and ledger lines. Ids follow the days.

CREATE TEMP TABLE bench_session ON COMMIT PRESERVE ROWS AS
SELECT row_number() OVER (ORDER BY held_on, group_id, turn) AS id, *
  FROM (SELECT g.id AS group_id, g.studio_id, g.street, g.cohort_id, g.mentor_id, g.running, turn,
               g.first + (turn * g.days / GREATEST(ceil(share::numeric / g.many)::int, 1))::int AS held_on
          FROM (VALUES (true, %(sessions)s * 6 / 10), (false, %(sessions)s - %(sessions)s * 6 / 10)) dealt(to_big, share)
          JOIN bench_group g ON g.big = to_big
          JOIN LATERAL generate_series(1, (share - g.place + g.many - 1) / g.many) turn ON true) planned;

INSERT INTO mentoring_session (id, version, studio_id, cohort_id, group_id, mentor_id, state, held_on, starts_at,
       minutes, topics, note, mode, neighbourhood_id, base_id, place, theme, lecturer, partner, units, findings,
       logged_at, logged_by_id, proxy_source, planned_at, planned_by_id)
SELECT id, 1, studio_id, cohort_id, group_id, mentor_id, 'logged', held_on, NULL, 60,
       ARRAY[(ARRAY['party', 'governance', 'team', 'communication', 'emergency'])[1 + id %% 5],
             (ARRAY['governance', 'team', 'communication', 'emergency', 'party'])[1 + id %% 5]]::varchar[],
       '到' || 1 + id %% 30 || '号楼看了加装电梯的公示栏，一楼住户担心采光，先听他把话说完，再把日照图摊开来讲。'
       || '回来的路上说了三件事：上门前先问清家里几口人，谈的时候不当场许诺，谈完当天把话记下来。',
       (ARRAY['face', 'visit', 'phone', 'study'])[1 + id %% 4], (street - 1) * 30 + 1 + id %% 30, NULL, '', '',
       '', '', ARRAY[]::varchar[], '', held_on + interval '20 hours', CASE WHEN id %% 10 = 0 THEN 10 + street ELSE mentor_id END,
       CASE WHEN id %% 10 = 0 THEN 'phone' ELSE '' END, NULL, NULL
  FROM bench_session;

-- What is planned for the groups that run: one session today, one tomorrow.
INSERT INTO mentoring_session (id, version, studio_id, cohort_id, group_id, mentor_id, state, held_on, starts_at,
       minutes, topics, note, mode, base_id, place, theme, lecturer, partner, units, findings, proxy_source, planned_at,
       planned_by_id)
SELECT (SELECT count(*) FROM bench_session) + row_number() OVER (), 1, g.studio_id, g.cohort_id, g.id, g.mentor_id,
       'planned', %(today)s::date + ahead, '14:00', 60, ARRAY[]::varchar[], '', 'visit',
       (g.street - 1) * 6 + 1, '', '看看电梯公示', '', '', ARRAY[]::varchar[], '', '', %(now)s, g.mentor_id
  FROM bench_group g, generate_series(0, 1) ahead WHERE g.running AND g.number < 7;

CREATE TEMP TABLE bench_attendance ON COMMIT PRESERVE ROWS AS
SELECT row_number() OVER (ORDER BY s.id, p.n) AS id, s.id AS session_id, p.id AS person_id, p.n, s.studio_id,
       s.mentor_id, s.held_on, s.running
  FROM bench_session s JOIN bench_pupil p ON p.group_id = s.group_id
 WHERE (s.id + p.n) %% 6 <> 0;

INSERT INTO mentoring_attendance (id, studio_id, session_id, apprentice_id)
SELECT id, studio_id, session_id, person_id FROM bench_attendance;

INSERT INTO mentoring_attendance (studio_id, session_id, apprentice_id, id)
SELECT s.studio_id, s.id, p.id, (SELECT count(*) FROM bench_attendance) + row_number() OVER ()
  FROM mentoring_session s JOIN bench_pupil p ON p.group_id = s.group_id WHERE s.state = 'planned';

INSERT INTO mentoring_session_methods (session_id, method_id)
SELECT id, 1000 + (street - 1) * 5 + 1 + id %% 5 FROM bench_session WHERE id %% 2 = 0;

INSERT INTO growth_reflection (id, version, studio_id, person_id, mentor_id, session_id, session_link, session_text,
       "on", learned, plan, puzzle, shared, at, reply, quick_reply, replied_at, replied_by_id)
SELECT row_number() OVER (ORDER BY id), 1, studio_id, person_id, mentor_id, session_id, '/sessions/' || session_id || '/',
       '跟师傅去看电梯公示', held_on, '先听完再讲道理。一楼的担心不是不讲理，是没人把日照图给他看过。',
       '下周三单独上门，带着设计单位的人', '他要是一直不开门怎么办', id %% 3 = 0, held_on + interval '21 hours',
       CASE WHEN answered THEN '写得实在，先从他女儿那里走一走' ELSE '' END, CASE WHEN answered THEN 'solid' ELSE '' END,
       CASE WHEN answered THEN held_on + interval '40 hours' END, CASE WHEN answered THEN mentor_id END
  FROM (SELECT *, held_on < %(today)s::date - 10 OR id %% 2 = 0 AS answered FROM bench_attendance
         WHERE (session_id + n) %% 5 = 0) wrote;

INSERT INTO growth_nextstep (id, studio_id, person_id, text, due_on, origin, link, report_link, source_type_id,
       source_id, state, by_id, at, closed_at, closed_by_id)
SELECT row_number() OVER (ORDER BY id), studio_id, person_id, '把三号楼六户人家的意见记全，周五带来', held_on + 7,
       'session', '/sessions/' || session_id || '/', '', %(session_type)s, session_id,
       CASE WHEN is_open THEN 'open' ELSE 'done' END, mentor_id, held_on + interval '20 hours',
       CASE WHEN NOT is_open THEN held_on + interval '120 hours' END, CASE WHEN NOT is_open THEN person_id END
  FROM (SELECT *, held_on > %(today)s::date - 12 AS is_open FROM bench_attendance
         WHERE (session_id + n) %% 5 = 1) given;

INSERT INTO people_notice (id, studio_id, person_id, text, link, at)
SELECT row_number() OVER (ORDER BY id), studio_id, person_id, '师傅记了一次带教，您在里面', '/sessions/' || session_id || '/',
       held_on + interval '20 hours'
  FROM bench_attendance WHERE running;

INSERT INTO growth_entry (id, studio_id, person_id, kind, "on", text, link, milestone, competencies, source_type_id,
       source_id, aspect, by_id, recorded_at)
SELECT nextval(pg_get_serial_sequence('growth_entry', 'id')), studio_id, person_id, 'session', held_on,
       '带教：面对面，社区治理、沟通协调', '/sessions/' || session_id || '/', false, ARRAY['governance', 'communication']::varchar[],
       %(session_type)s, session_id, '', mentor_id, held_on + interval '20 hours'
  FROM (SELECT session_id, studio_id, person_id, held_on, mentor_id FROM bench_attendance
        UNION ALL
        SELECT id, studio_id, mentor_id, held_on, mentor_id FROM bench_session) line;

INSERT INTO growth_entry (id, studio_id, person_id, kind, "on", text, link, milestone, competencies, source_type_id,
       source_id, aspect, by_id, recorded_at)
SELECT nextval(pg_get_serial_sequence('growth_entry', 'id')), studio_id, person_id, 'reflection', "on",
       '写了心得：' || left(learned, 60), '/reflections/' || id || '/', false, ARRAY[]::varchar[], %(reflection_type)s, id, '',
       person_id, at
  FROM growth_reflection;
