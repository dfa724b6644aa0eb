-- What sessions covered, posts taken up, honours, packets of 培养晋级: spread over all pupils.

INSERT INTO mentoring_sessioncourse (id, studio_id, session_id, keys, at)
SELECT s.id, s.studio_id, s.id, ARRAY[(ARRAY['fees', 'lift', 'owners', 'disputes', 'election', 'epidemic'])[1 + s.id %% 6]],
       %(now)s
  FROM mentoring_session s WHERE s.state = 'logged';

INSERT INTO growth_post (id, version, studio_id, person_id, rank, title, starts_on, counted, note, by_id, at)
SELECT p.id, 1, p.studio_id, p.id, (ARRAY['deputy', 'deputy_director', 'director', 'secretary'])[1 + p.id %% 4],
       '居民区党总支副书记', p.first + 30, p.id %% 5 = 0, '', 10 + p.street, %(now)s
  FROM bench_pupil p WHERE p.id %% 2 = 0;

INSERT INTO growth_honour (id, version, studio_id, person_id, title, given_by, "on", image, thumb, by_id, at)
SELECT p.id, 1, p.studio_id, p.id, '街道优秀党务工作者', '街道党工委', p.first + 40, '', '', 10 + p.street, %(now)s
  FROM bench_pupil p WHERE p.id %% 3 = 0;

INSERT INTO mentoring_advancement (id, version, studio_id, cohort_id, apprentice_id, mentor_id, state, proposal, reasons,
       evidence, starts_on, rank, title, proposed_by_id, proposed_at, mentor_words, street_words, word, decision,
       decision_words)
SELECT p.id, 1, p.studio_id, p.cohort_id, p.id, p.mentor_id, 'signing', 'stay', '议事会独立开成三次', '[]', p.first + 60,
       '', '', 10 + p.street, %(now)s - (%(today)s::date - p.first - 60) * interval '1 day', '', '', '', '', ''
  FROM bench_pupil p WHERE p.n = 1;
