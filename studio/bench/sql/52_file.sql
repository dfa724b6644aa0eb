-- Parts of the growth file: 学习笔记, 纸质笔记本, 短板 and 半年目标, dealt out along the sessions and pupils.

INSERT INTO growth_studynote (id, version, studio_id, person_id, "on", learned_from, title, words, shared, at)
SELECT row_number() OVER (ORDER BY id), 1, studio_id, person_id, held_on, 'reading', '议事协商为什么总在第二次会上散',
       '第一次会大家都来诉苦，第二次会要有人把账摆出来。', id %% 3 = 0, held_on + interval '22 hours'
  FROM bench_attendance WHERE (session_id + n) %% 6 = 1;

INSERT INTO growth_notebookpage (id, version, studio_id, person_id, "on", state, text, sent_at, sent_by_id, typed_at,
       typed_by_id, confirmed_at, confirmed_by_id)
SELECT row_number() OVER (ORDER BY id), 1, studio_id, person_id, held_on, CASE WHEN done THEN 'confirmed' ELSE 'sent' END,
       CASE WHEN done THEN '跟师傅走三号楼，先数灯再说话。' ELSE '' END, held_on + interval '22 hours', person_id,
       CASE WHEN done THEN held_on + interval '30 hours' END, CASE WHEN done THEN mentor_id END,
       CASE WHEN done THEN held_on + interval '40 hours' END, CASE WHEN done THEN person_id END
  FROM (SELECT *, held_on < %(today)s::date - 10 AS done FROM bench_attendance WHERE (session_id + n) %% 12 = 2) sent;

INSERT INTO growth_notebookphoto (id, studio_id, page_id, image, thumb, width, height)
SELECT id, studio_id, id, 'notebooks/x.jpg', 'notebooks/x-s.jpg', 1200, 1600 FROM growth_notebookpage;

INSERT INTO growth_weakness (id, version, studio_id, person_id, against, measure, text, competency, named_on)
SELECT row_number() OVER (ORDER BY p.id, k), 1, p.studio_id, p.id, 'duty', '三会一课每月按时开好', '会前没有和人通气',
       (ARRAY['party', 'team', 'communication'])[k], p.first + 10
  FROM bench_pupil p, generate_series(1, 3) k;

INSERT INTO growth_aim (id, version, studio_id, person_id, year, half, slot, text, sign, weakness_id, state, word,
       proposed_at, agreed_at, agreed_by_id)
SELECT w.id, 1, w.studio_id, w.person_id, extract(year FROM %(today)s::date), CASE WHEN extract(month FROM %(today)s::date) < 7 THEN 1 ELSE 2 END,
       1 + (w.id - 1) %% 3, '自己主持一次居民议事会', '会上三件事都有人领', w.id, 'agreed', '', %(now)s, %(now)s, p.mentor_id
  FROM growth_weakness w JOIN bench_pupil p ON p.id = w.person_id WHERE p.running;

-- One file that grows with the size: three months and 60 lines in the small one, ten years and 5,000 in the large one.
INSERT INTO growth_entry (id, studio_id, person_id, kind, "on", text, link, milestone, competencies, source_type_id,
       source_id, aspect, by_id, recorded_at)
SELECT nextval(pg_get_serial_sequence('growth_entry', 'id')), p.studio_id, p.id,
       (ARRAY['session', 'reflection', 'case', 'study', 'question'])[1 + line %% 5],
       %(today)s::date - line * (CASE WHEN m.lines = 5000 THEN 3650 ELSE 90 END) / m.lines, '带教：面对面，社区治理', '/sessions/1/',
       line %% 50 = 0, ARRAY['governance']::varchar[], %(session_type)s, 1000000000 + line, 'long', p.mentor_id, %(now)s
  FROM bench_pupil p JOIN bench_group g ON g.id = p.group_id,
       LATERAL (SELECT LEAST(5000, GREATEST(60, %(sessions)s / 20)) AS lines) m, generate_series(1, m.lines) line
 WHERE p.street = 1 AND p.running AND p.n = 1 AND g.number = 3;
