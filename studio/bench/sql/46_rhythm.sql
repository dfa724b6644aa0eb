-- 三个一: themes of this year's months for every running group, and brands of every neighbourhood with two quarters told.

INSERT INTO mentoring_cadencecell (version, studio_id, group_id, kind, year, period, theme, held_on, host, place,
       planned_at, planned_by_id, report)
SELECT 1, studio_id, id, 'theme', extract(year FROM %(today)s::date)::int, month, month || '月讲加装电梯怎么谈', NULL, '', '',
       %(now)s, mentor_id, ''
  FROM bench_group, generate_series(1, 12) month WHERE running;

INSERT INTO growth_brand (id, version, studio_id, neighbourhood_id, year, name, problem, ways, expected, owner_id, partners,
       state, applied_at, applied_by_id, return_note, approved_at, approved_by_id, midterm, voices, lesson, verdict)
SELECT n.id, 1, 1 + n.street_id, n.id, extract(year FROM %(today)s::date)::int, '车棚能充电', '电动车推上楼充电，夜里怕着火',
       ARRAY['把旧车棚接上电', '每栋楼推一个人管钥匙']::varchar[], '一楼的车棚晚上能充电', owner.id, ARRAY[]::varchar[],
       'running', %(now)s, owner.id, '', %(now)s, 10 + n.street_id, '', '', '', ''
  FROM people_neighbourhood n
  JOIN LATERAL (SELECT id FROM bench_pupil p WHERE p.street = n.street_id AND p.running ORDER BY id LIMIT 1) owner ON true;

INSERT INTO growth_brandnote (version, studio_id, brand_id, quarter, text, pace, needs, by_id, at)
SELECT 1, b.studio_id, b.id, quarter, '插座装好了，十二家来充过，钥匙放在门卫。', 'on_plan', '', b.owner_id, %(now)s
  FROM growth_brand b, generate_series(1, 2) quarter;
