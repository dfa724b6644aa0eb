-- Cases in every state with what belongs to them. The older a case, the further it has come.

CREATE TEMP TABLE bench_case ON COMMIT PRESERVE ROWS AS
SELECT row_number() OVER (ORDER BY sent, owner_id, turn) AS id, *,
       extract(year FROM sent)::int AS year,
       row_number() OVER (PARTITION BY studio_id, extract(year FROM sent) ORDER BY sent, owner_id, turn) AS number,
       CASE WHEN age < 15 THEN (ARRAY['submitted', 'consulting', 'treating', 'consulting', 'returned', 'submitted',
                                      'consulting', 'transferred', 'consulting', 'treating'])[1 + luck %% 10]
            WHEN age < 50 THEN (ARRAY['treating', 'reviewing', 'closed', 'treating', 'closed', 'treating',
                                      'held', 'withdrawn', 'treating', 'closed'])[1 + luck %% 10]
            ELSE (ARRAY['closed', 'published', 'closed', 'closed', 'transferred', 'closed', 'published',
                        'closed', 'withdrawn', 'closed'])[1 + luck %% 10] END AS state
  FROM (SELECT *, %(today)s::date - sent::date AS age,
               (abs(hashint8(owner_id * 7919 + turn)) / 7)::int AS luck
          FROM (SELECT p.id AS owner_id, g.id AS group_id, g.studio_id, g.street, g.cohort_id, g.mentor_id, turn,
                       g.number AS group_number, g.first
                       + (turn * g.days / GREATEST(ceil(share::numeric / g.many)::int, 1))::int
                       + interval '10 hours' AS sent
                  FROM (VALUES (true, %(cases)s * 6 / 10), (false, %(cases)s - %(cases)s * 6 / 10)) dealt(to_big, share)
                  JOIN bench_group g ON g.big = to_big
                  JOIN LATERAL generate_series(1, (share - g.place + g.many - 1) / g.many) turn ON true
                  JOIN bench_pupil p ON p.group_id = g.id AND p.n = 1 + turn %% %(pupils)s) told) aged;

ALTER TABLE bench_case ADD COLUMN accepted boolean, ADD COLUMN cured boolean, ADD COLUMN done boolean,
      ADD COLUMN since timestamptz;
UPDATE bench_case SET accepted = state IN ('consulting', 'treating', 'reviewing', 'closed', 'published'),
       cured = state IN ('treating', 'reviewing', 'closed', 'published'), done = state IN ('closed', 'published'),
       since = sent + CASE WHEN state = 'submitted' THEN interval '0' WHEN state = 'consulting' THEN interval '1 day'
                           WHEN age < 15 THEN interval '2 days' WHEN age < 50 THEN interval '8 days'
                           ELSE interval '40 days' END;

INSERT INTO casework_case (id, version, studio_id, year, number, owner_id, neighbourhood_id, title, story, began,
       category, urgency, question, wanted_way, nothing_tried, kept_findings, state, state_since, due_on, held_from,
       handling, chair_id, meeting_place, transferred_to, round, submitted_at, closed_at, created_at)
SELECT id, 1, studio_id, year, number, owner_id, (street - 1) * 30 + 1 + id %% 30, id %% 90 + 1 || '号楼加装电梯一楼住户反对',
       repeat('三号楼要加装电梯，一楼一户担心采光，已经僵了两个月。上门谈过三次，对方说谁来都不签。', 4),
       '今年春天', (ARRAY['lift', 'parking', 'corridor', 'property', 'neighbours', 'owners', 'care', 'party'])[1 + id %% 8],
       (ARRAY['calm', 'week', 'today'])[1 + id %% 3], '一楼的采光补偿怎么谈得拢？', 'online', false, '[]', state, since,
       CASE WHEN state IN ('submitted', 'returned', 'consulting', 'treating', 'reviewing') THEN since::date + 7 END,
       CASE state WHEN 'held' THEN 'consulting' ELSE '' END, CASE WHEN accepted THEN 'online' ELSE '' END,
       CASE WHEN accepted THEN mentor_id END, '', CASE state WHEN 'transferred' THEN '房管所' ELSE '' END, 1, sent,
       CASE WHEN done THEN since END, sent - interval '1 hour'
  FROM bench_case;

INSERT INTO people_counter (studio_id, series, year, last)
SELECT studio_id, series, year, max(number) FROM bench_case, unnest(ARRAY['case', 'prescription']) series
 GROUP BY studio_id, series, year;

INSERT INTO casework_casemove (case_id, studio_id, before, after, by_id, at, note)
SELECT id, studio_id, before, after, CASE WHEN after = 'submitted' THEN owner_id ELSE mentor_id END, sent + days * interval '1 day', ''
  FROM bench_case,
       LATERAL (VALUES (true, 'draft', 'submitted', 0), (accepted, 'submitted', 'consulting', 1),
                       (cured, 'consulting', 'treating', 2), (done OR state = 'reviewing', 'treating', 'reviewing', 8),
                       (done, 'reviewing', 'closed', 40),
                       (state IN ('returned', 'transferred', 'withdrawn', 'held'), 'submitted', state, 1)) moved(made, before, after, days)
 WHERE made ORDER BY id, days;

INSERT INTO casework_triedway (case_id, studio_id, "order", way, result)
SELECT id, studio_id, n, '上门谈了' || n || '次', '没谈拢' FROM bench_case, generate_series(1, 2) n;

INSERT INTO people_resident (id, studio_id, secret, name_mark, phone_mark, kept_on, erased_why)
SELECT id, studio_id, %(sealed)s, '', '', sent::date, '' FROM bench_case;

INSERT INTO casework_caseresident (case_id, studio_id, resident_id) SELECT id, studio_id, id FROM bench_case;

INSERT INTO casework_case_wanted (case_id, person_id)
SELECT id, mentor_id FROM bench_case WHERE id %% 3 = 0;

-- Three mentors of the same class are asked; while the consultation goes on, one has not spoken yet.
CREATE TEMP TABLE bench_asked ON COMMIT PRESERVE ROWS AS
SELECT c.id AS case_id, c.studio_id, g.mentor_id AS person_id, c.mentor_id AS chair_id, c.sent, seat,
       c.state <> 'consulting' OR seat < 3 AS spoke
  FROM bench_case c, generate_series(1, 3) seat,
       LATERAL (SELECT mentor_id FROM bench_group g WHERE g.id = c.group_id - c.group_number + 1
                       + (c.group_number - 1 + seat) %% %(groups)s) g
 WHERE c.accepted;

INSERT INTO casework_caseconsultant (case_id, studio_id, round, person_id, invited_by_id, invited_at)
SELECT case_id, studio_id, 1, person_id, chair_id, sent + interval '1 day' FROM bench_asked;

INSERT INTO casework_opinion (id, version, case_id, studio_id, round, author_id, text, at, written_by_id)
SELECT row_number() OVER (ORDER BY case_id, seat), 1, case_id, studio_id, 1, person_id,
       '先单独上门，把采光测给他看。他要的不是钱，是有人把他当回事。楼组长跟他一个厂的，请他陪着去。',
       sent + interval '30 hours', person_id
  FROM bench_asked WHERE spoke;

INSERT INTO casework_clarification (case_id, studio_id, asker_id, question, at, answer, answered_at, answered_by_id)
SELECT id, studio_id, mentor_id, '一楼这户是自己住还是出租？', sent + interval '26 hours', '自己住，老两口',
       sent + interval '28 hours', owner_id
  FROM bench_case WHERE accepted AND id %% 3 = 0;

INSERT INTO casework_prescription (id, version, case_id, studio_id, round, year, number, diagnosis, cautions,
       followup_on, followup_by_id, followup_mode, followed_up_at, followed_up_by_id, followup_verdict, followup_note,
       issued_by_id, issued_at)
SELECT row_number() OVER (ORDER BY id), 1, id, studio_id, 1, year, number, '利益没算清，话没说到一处。', '不当场许诺',
       sent::date + 30, mentor_id, 'visit', CASE WHEN looked THEN sent + interval '8 days' END,
       CASE WHEN looked THEN mentor_id END, CASE WHEN looked THEN 'fine' ELSE '' END,
       CASE WHEN looked THEN '去看过了，公示期没有人再反对' ELSE '' END, mentor_id, sent + interval '2 days'
  FROM (SELECT *, done OR state = 'reviewing' AS looked FROM bench_case WHERE cured) cured;

INSERT INTO casework_step (id, version, prescription_id, studio_id, "order", text, owner_kind, owner_id, owner_name,
       due_on, mode, state, state_since, reason)
SELECT (p.id - 1) * 3 + n, 1, p.id, p.studio_id, n, '请设计单位到场算采光，把图给一楼看', 'apprentice', c.owner_id, '',
       p.issued_at::date + 10 * n, 'visit',
       CASE WHEN p.followed_up_at IS NOT NULL OR n = 1 THEN 'done' WHEN n = 2 THEN 'doing' ELSE 'todo' END,
       p.issued_at + n * interval '1 day', ''
  FROM casework_prescription p JOIN bench_case c ON c.id = p.case_id, generate_series(1, 3) n;

INSERT INTO casework_followup (id, studio_id, step_id, state, text, want, by_id, at, verdict, verdict_note, verdict_at,
       verdict_by_id)
SELECT row_number() OVER (ORDER BY s.id), s.studio_id, s.id, s.state, '设计单位来过了，数据当场给他看了。', '', s.owner_id,
       s.state_since, CASE WHEN s.state = 'done' THEN 'fine' ELSE '' END, '',
       CASE WHEN s.state = 'done' THEN s.state_since + interval '1 day' END,
       CASE WHEN s.state = 'done' THEN p.followup_by_id END
  FROM casework_step s JOIN casework_prescription p ON p.id = s.prescription_id WHERE s.state <> 'todo';

INSERT INTO casework_outcome (version, case_id, studio_id, round, side, result, residents, best_move, learned, by_id, at)
SELECT 1, id, studio_id, 1, side, 'better', 'mostly', '把日照图摊在桌上', '["communication"]',
       CASE side WHEN 'mentor' THEN mentor_id ELSE owner_id END, since
  FROM bench_case, unnest(ARRAY['apprentice', 'mentor']) side WHERE done;

INSERT INTO growth_nextstep (id, studio_id, person_id, text, due_on, origin, link, report_link, source_type_id,
       source_id, state, by_id, at, closed_at, closed_by_id)
SELECT (SELECT count(*) FROM growth_nextstep) + row_number() OVER (ORDER BY s.id), s.studio_id, s.owner_id, s.text, s.due_on,
       'step', '/cases/' || p.case_id || '/', '/steps/' || s.id || '/followup/', %(step_type)s, s.id,
       CASE s.state WHEN 'done' THEN 'done' ELSE 'open' END, p.issued_by_id, p.issued_at,
       CASE s.state WHEN 'done' THEN s.state_since END, CASE s.state WHEN 'done' THEN s.owner_id END
  FROM casework_step s JOIN casework_prescription p ON p.id = s.prescription_id;

INSERT INTO growth_entry (id, studio_id, person_id, kind, "on", text, link, milestone, competencies, source_type_id,
       source_id, aspect, by_id, recorded_at)
SELECT nextval(pg_get_serial_sequence('growth_entry', 'id')), studio_id, person_id, 'case', at::date, text, link, milestone,
       ARRAY[]::varchar[], source_type, source_id, aspect, person_id, at
  FROM (SELECT studio_id, owner_id AS person_id, sent AS at, '提交疑难案例：加装电梯一楼住户反对' AS text,
               '/cases/' || id || '/' AS link, false AS milestone, %(case_type)s AS source_type, id AS source_id, 'submitted' AS aspect
          FROM bench_case
        UNION ALL
        SELECT studio_id, CASE side WHEN 0 THEN owner_id ELSE mentor_id END, since, '案例结案：加装电梯一楼住户反对',
               '/cases/' || id || '/', side = 0, %(case_type)s, id, 'closed'
          FROM bench_case, generate_series(0, 1) side WHERE done
        UNION ALL
        SELECT studio_id, author_id, at, '给疑难案例出主意：加装电梯一楼住户反对', '/cases/' || case_id || '/', false,
               %(opinion_type)s, id, ''
          FROM casework_opinion
        UNION ALL
        SELECT p.studio_id, c.owner_id, p.issued_at, '拿到药方：加装电梯一楼住户反对', '/cases/' || c.id || '/', false,
               %(prescription_type)s, p.id, ''
          FROM casework_prescription p JOIN bench_case c ON c.id = p.case_id
        UNION ALL
        SELECT studio_id, by_id, at, '药方这一步做好了：设计单位来过了', '/steps/' || step_id || '/followup/', false,
               %(followup_type)s, id, ''
          FROM casework_followup) line;
