-- Meetings: one for every twenty sessions' worth of days of a street, with members and what was decided.

INSERT INTO mentoring_meeting (id, version, studio_id, kind, state, held_on, starts_at, place, subject, agenda, units,
       minutes, chair_id, planned_at, planned_by_id, written_at, written_by_id)
SELECT row_number() OVER (ORDER BY s.held_on, s.id), 1, s.studio_id,
       (ARRAY['work', 'committee', 'secretaries'])[1 + s.id %% 3], 'held', s.held_on, '09:00', '会议室', '各组报一件难的',
       '一、报进度', ARRAY['房管所']::varchar[], '各组报了进度，定了下个月的主题。', s.mentor_id,
       s.held_on - interval '3 days', 10 + s.street, s.held_on + interval '12 hours', 10 + s.street
  FROM bench_session s WHERE s.id %% 20 = 0;

INSERT INTO mentoring_meetingmember (id, studio_id, meeting_id, person_id, came, answer, reason)
SELECT row_number() OVER (ORDER BY m.id, g.id), m.studio_id, m.id, g.mentor_id, g.id %% 7 <> 0, '', ''
  FROM mentoring_meeting m JOIN bench_group g ON g.studio_id = m.studio_id AND g.cohort_id =
       (SELECT cohort_id FROM bench_group own WHERE own.mentor_id = m.chair_id LIMIT 1) AND g.number <= 8;

INSERT INTO mentoring_meetingdecision (id, studio_id, meeting_id, "order", text, owner_id, due_on)
SELECT id, studio_id, id, 1, '把公示栏换新', chair_id, held_on + 7 FROM mentoring_meeting;
