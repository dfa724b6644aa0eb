-- 楼栋, 党小组, 一本账, 接待走访, 三联单: a slip and a visit for each hard case, ten buildings a neighbourhood.

INSERT INTO casework_slipcategory (version, studio_id, name, days, "order", in_use)
SELECT 1, s.id, kind.name, 3, place, true
  FROM people_studio s, unnest(ARRAY['政策咨询', '环境卫生', '困难需求', '其他']) WITH ORDINALITY kind(name, place)
 WHERE s.level = 'street' ORDER BY s.id, place;

INSERT INTO casework_building (id, version, studio_id, neighbourhood_id, estate, name, place, stairwells, households,
       in_use)
SELECT row_number() OVER (ORDER BY p.id, n), 1, s.id, p.id, '', n || '号楼', n, ARRAY['1单元', '2单元'], 48, true
  FROM people_neighbourhood p JOIN people_studio s ON s.street_id = p.street_id, generate_series(1, 10) n;

CREATE TEMP TABLE bench_dweller ON COMMIT PRESERVE ROWS AS
SELECT row_number() OVER (ORDER BY b.id, n) + (SELECT count(*) FROM people_resident) AS resident_id, b.id AS building_id,
       b.studio_id, b.neighbourhood_id, n, (SELECT min(person_id) FROM people_membership m
       WHERE m.studio_id = b.studio_id AND m.role = 'staff') AS office
  FROM casework_building b, generate_series(1, 8) n;

INSERT INTO people_resident (id, studio_id, secret, name_mark, phone_mark, kept_on, erased_why)
SELECT resident_id, studio_id, %(sealed)s, '', '', %(today)s, '' FROM bench_dweller;

INSERT INTO casework_buildingmember (version, studio_id, building_id, stairwell, resident_id, organisation, post, services,
       shows_name, shows_phone, shows_services, added_by_id, added_at)
SELECT 1, studio_id, building_id, '1单元', resident_id, '机关支部', '', '修电灯', false, false, false, office, %(now)s
  FROM bench_dweller WHERE n <= 4 + building_id %% 3;

INSERT INTO casework_household (id, version, studio_id, neighbourhood_id, building_id, kind, resident_id, every_days,
       added_by_id, added_at)
SELECT row_number() OVER (ORDER BY resident_id), 1, studio_id, neighbourhood_id, building_id,
       (ARRAY['alone', 'poor', 'sick', 'elder'])[1 + building_id %% 4], resident_id, 30, office, %(now)s
  FROM bench_dweller WHERE n > 6;

INSERT INTO casework_buildinggroup (id, version, studio_id, neighbourhood_id, name, stairwell, founded_on, founded_by_id,
       leader_account_id, hall, hall_hours, hall_shown, member_rules, duties, contact_rules)
SELECT row_number() OVER (ORDER BY b.id), 1, b.studio_id, b.neighbourhood_id, b.name || '党小组', '', %(today)s,
       d.office, NULL, '', '', false, '', '', ''
  FROM casework_building b JOIN bench_dweller d ON d.building_id = b.id AND d.n = 1 WHERE b.id %% 3 = 1;

INSERT INTO casework_buildinggroup_buildings (buildinggroup_id, building_id)
SELECT row_number() OVER (ORDER BY id), id FROM casework_building WHERE id %% 3 = 1;

INSERT INTO casework_visit (id, version, studio_id, neighbourhood_id, way, held_on, household_id, kind, resident_id, items,
       note, problem, by_id, at)
SELECT c.id, 1, c.studio_id, h.neighbourhood_id, 'visited', c.sent::date, h.id, h.kind, h.resident_id,
       ARRAY['五必问：身体怎么样'], '腿脚不便，下楼少了。', '楼道灯不亮', c.owner_id, c.sent
  FROM bench_case c JOIN LATERAL (
       SELECT id, neighbourhood_id, kind, resident_id FROM casework_household h
        WHERE h.studio_id = c.studio_id ORDER BY (h.id + c.id) %% 101, h.id LIMIT 1) h ON true;

INSERT INTO casework_slip (id, version, studio_id, year, number, source, category_id, neighbourhood_id, place,
       resident_id, problem, wish, received_on, registered_by_id, registered_name, ask_code, handler_name, due_on,
       gives_phone, sent_at, sent_by_id, accepted_at, returns, way, result, finished_at, said, resident_words,
       called_back_at, called_back_by_id, state, state_since)
SELECT c.id, 1, c.studio_id, c.year, c.number, 'order',
       (SELECT min(k.id) + c.id %% 4 FROM casework_slipcategory k WHERE k.studio_id = c.studio_id), v.neighbourhood_id,
       '3号楼', v.resident_id, '三楼楼道灯不亮', '', c.sent::date, c.owner_id, '', '', '三楼党小组',
       CASE WHEN state <> 'open' THEN c.sent::date + 3 END, false, CASE WHEN state <> 'open' THEN c.sent END,
       CASE WHEN state <> 'open' THEN c.owner_id END, CASE WHEN state IN ('accepted', 'finished', 'called_back') THEN c.sent END,
       0, CASE WHEN done THEN 'errand' ELSE '' END, CASE WHEN done THEN '换了声控灯，试过了。' ELSE '' END,
       CASE WHEN done THEN c.sent + interval '2 days' END, CASE WHEN state = 'called_back' THEN 'satisfied' ELSE '' END, '',
       CASE WHEN state = 'called_back' THEN c.sent + interval '3 days' END,
       CASE WHEN state = 'called_back' THEN c.owner_id END, state, c.sent
  FROM (SELECT *, told IN ('finished', 'called_back') AS done, told AS state FROM (
          SELECT id, studio_id, year, number, owner_id, sent,
                 CASE WHEN age > 30 THEN 'called_back'
                      ELSE (ARRAY['open', 'sent', 'accepted', 'finished', 'called_back'])[1 + id %% 5] END AS told
            FROM bench_case) aged) c
  JOIN casework_visit v ON v.id = c.id;

INSERT INTO people_counter (studio_id, series, year, last)
SELECT studio_id, 'slip', year, max(number) FROM casework_slip GROUP BY studio_id, year;

INSERT INTO casework_slipmove (studio_id, slip_id, before, after, by_id, by_name, at, note)
SELECT studio_id, id, 'open', 'sent', sent_by_id, '', sent_at, '' FROM casework_slip WHERE sent_at IS NOT NULL;

DROP TABLE bench_dweller;
