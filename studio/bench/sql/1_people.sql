-- Streets, studios, people, classes, groups and pairs. Ids are computed, so that later files can name them:
-- 1 the district viewer, 10 + street the staff, 100 + street a guest, 1000 + group a mentor,
-- 100000 + 5 × (group - 1) + n an apprentice. Studio 1 is the district, 1 + street the others.

INSERT INTO people_street (id, province, city, district, name, code)
SELECT s, '上海市', '市辖区', '普陀区', '第' || s || '街道', '9' || lpad(s::text, 8, '0')
  FROM generate_series(1, %(streets)s) s;

INSERT INTO people_neighbourhood (id, version, street_id, name, code, kind, has_committee)
SELECT (s - 1) * 30 + n, 1, s, '第' || s || '街第' || n || '居委会', '9' || lpad(((s - 1) * 30 + n)::text, 11, '0'),
       (ARRAY['old', 'commodity', 'mixed', 'new'])[1 + n %% 4], true
  FROM generate_series(1, %(streets)s) s, generate_series(1, 30) n;

INSERT INTO people_studio (id, version, level, name, brand_name, contact_name, contact_phone, pair_capacity,
       quiet_days, edit_hours, accept_workdays, return_workdays, consult_days, review_days, question_workdays, resident_days, group_members, parent_id,
       street_id, keeps_theme, keeps_exchange, keeps_summary, theme_grace, exchange_grace, summary_grace)
SELECT 1 + s, 1, CASE s WHEN 0 THEN 'district' ELSE 'street' END, '第' || s || '书记工作室', '', '周老师',
       '02112345678', 5, 30, 24, 3, 5, 7, 7, 3, 365, 5, CASE WHEN s > 0 THEN 1 END, NULLIF(s, 0),
       true, true, true, 0, 0, 10
  FROM generate_series(0, %(streets)s) s;

CREATE TEMP TABLE bench_class ON COMMIT PRESERVE ROWS AS
SELECT row_number() OVER (ORDER BY street, term, class) AS id, street, term, class,
       %(today)s::date - %(running_days)s - (terms - 1 - term) * %(term_days)s AS first
  FROM generate_series(1, %(streets)s) street,
       LATERAL (SELECT CASE street WHEN 1 THEN %(big_terms)s ELSE %(terms)s END AS terms,
                       CASE street WHEN 1 THEN %(big_classes)s ELSE 1 END AS classes) AS many,
       generate_series(0, terms - 1) term,
       generate_series(1, CASE WHEN term = terms - 1 THEN 1 ELSE classes END) class;

INSERT INTO mentoring_cohort (id, version, studio_id, name, starts_on, ends_on, capacity)
SELECT id, 1, 1 + street, '第' || term + 1 || '期第' || class || '班', first, first + %(term_days)s - 1, 5
  FROM bench_class;

-- `place` counts the groups of the big street and those of the others apart; rows are dealt out by it.
CREATE TEMP TABLE bench_group ON COMMIT PRESERVE ROWS AS
SELECT id, studio_id, street, cohort_id, number, 1000 + id AS mentor_id, first, running, big,
       LEAST(first + %(term_days)s - 1, %(today)s::date - 1) - first AS days,
       row_number() OVER (PARTITION BY big ORDER BY id) - 1 AS place, count(*) OVER (PARTITION BY big) AS many
  FROM (SELECT (c.id - 1) * %(groups)s + n AS id, 1 + c.street AS studio_id, c.street, c.id AS cohort_id,
               n AS number, c.first, c.first + %(term_days)s > %(today)s::date AS running, c.street = 1 AS big
          FROM bench_class c, generate_series(1, %(groups)s) n) g;

CREATE TEMP TABLE bench_pupil ON COMMIT PRESERVE ROWS AS
SELECT 100000 + (g.id - 1) * %(pupils)s + n AS id, n, g.id AS group_id, g.studio_id, g.cohort_id, g.mentor_id,
       g.first, g.running, g.street
  FROM bench_group g, generate_series(1, %(pupils)s) n;

INSERT INTO people_person (id, version, password, is_superuser, mobile, name, salutation, unit, post, post_since,
       birth_year, party_work_years, expertise, weak_points, text_size, text_size_chosen, is_active, is_staff,
       created_at, neighbourhood_id)
SELECT id, 1, '', false, '1' || lpad(id::text, 10, '0'),
       (ARRAY['赵', '钱', '孙', '李', '周', '吴', '郑', '王', '冯', '陈', '褚', '卫', '蒋', '沈', '韩', '杨'])[1 + id %% 16]
       || (ARRAY['建国', '丽华', '明', '晓燕', '志强', '敏', '海涛', '文静', '佩珍', '卫东', '小红', '伟'])[1 + id / 16 %% 12],
       '', '', post, '2015-06-01', 1965 + id %% 30, 8, ARRAY['加装电梯', '物业纠纷'], ARRAY['team', 'emergency'],
       '', true, true, false, %(now)s, place
  FROM (SELECT 1 AS id, '区级查看' AS post, NULL::bigint AS place
        UNION ALL SELECT 10 + s, '党建干部', NULL FROM generate_series(1, %(streets)s) s
        UNION ALL SELECT 100 + s, '房管所科长', NULL FROM generate_series(1, %(streets)s) s
        UNION ALL SELECT mentor_id, '居民区书记', (street - 1) * 30 + 1 + id %% 30 FROM bench_group
        UNION ALL SELECT id, '居民区副书记', (street - 1) * 30 + 1 + id %% 30 FROM bench_pupil) who;

INSERT INTO people_membership (id, studio_id, person_id, role, apprentice_kind, starts_on, ends_on)
SELECT row_number() OVER (), studio_id, person_id, role, kind, starts_on, ends_on
  FROM (SELECT 1 AS studio_id, 1 AS person_id, 'district' AS role, '' AS kind, %(today)s::date - 9999 AS starts_on,
               NULL::date AS ends_on
        UNION ALL SELECT 1 + s, 10 + s, 'staff', '', %(today)s::date - 9999, NULL
          FROM generate_series(1, %(streets)s) s
        UNION ALL SELECT 1 + s, 100 + s, 'consultant', '', %(today)s::date - 9999, NULL
          FROM generate_series(1, %(streets)s) s
        UNION ALL SELECT studio_id, mentor_id, CASE number WHEN 1 THEN 'lead' ELSE 'mentor' END, '', first,
               CASE WHEN NOT running THEN first + days END
          FROM bench_group
        UNION ALL SELECT p.studio_id, p.id, 'apprentice', 'deputy', g.first,
               CASE WHEN NOT g.running THEN g.first + g.days END
          FROM bench_pupil p JOIN bench_group g ON g.id = p.group_id) held;

INSERT INTO mentoring_base (id, version, studio_id, name, address, focus, contact, in_use, neighbourhood_id)
SELECT (s - 1) * 6 + n, 1, 1 + s, '第' || n || '教学基地', '石泉路' || n || '号', '加装电梯', '', true, (s - 1) * 30 + n
  FROM generate_series(1, %(streets)s) s, generate_series(1, 6) n;

INSERT INTO mentoring_group (id, studio_id, cohort_id, mentor_id, number)
SELECT id, studio_id, cohort_id, mentor_id, number FROM bench_group;

INSERT INTO mentoring_pairing (id, version, studio_id, cohort_id, group_id, mentor_id, apprentice_id, state, goal,
       starts_on, ends_on, end_reason, end_note, made_at, made_by_id)
SELECT p.id - 100000 + 1, 1, p.studio_id, p.cohort_id, p.group_id, p.mentor_id, p.id,
       CASE WHEN p.running THEN 'active' ELSE 'ended' END, '半年内能独立主持一次居民议事会', p.first,
       CASE WHEN NOT p.running THEN p.first + g.days END, '', '', %(now)s, 10 + p.street
  FROM bench_pupil p JOIN bench_group g ON g.id = p.group_id;

INSERT INTO growth_rating (id, studio_id, person_id, competency, level, "on", by_id)
SELECT row_number() OVER (), p.studio_id, p.id, axis, 2 + (p.id + place) %% 3, p.first + 3 + 50 * turn::int, p.mentor_id
  FROM bench_pupil p, generate_series(0, 1) turn,
       unnest(ARRAY['party', 'governance', 'team', 'communication', 'emergency']) WITH ORDINALITY axes(axis, place);

INSERT INTO growth_method (id, version, studio_id, name, summed_up_by, summary, steps, fits)
SELECT 1000 + (s - 1) * 5 + n, 1, 1 + s, '第' || n || '工作法', '周书记', '先听完，再把账摊开来算',
       ARRAY['先听', '再算', '后谈'], '利益没算清的时候'
  FROM generate_series(1, %(streets)s) s, generate_series(1, 5) n;

INSERT INTO growth_entry (id, studio_id, person_id, kind, "on", text, link, milestone, competencies, source_type_id,
       source_id, aspect, by_id, recorded_at)
SELECT nextval(pg_get_serial_sequence('growth_entry', 'id')), studio_id, person_id, 'pairing', first, text,
       '/pairings/' || pair || '/', milestone, ARRAY[]::varchar[], %(pairing_type)s, pair, '', 10 + street, %(now)s
  FROM (SELECT *, id - 100000 + 1 AS pair, id AS person_id, '结对' AS text, true AS milestone FROM bench_pupil
        UNION ALL
        SELECT *, id - 100000 + 1, mentor_id, '开始带徒弟', false FROM bench_pupil) line;
