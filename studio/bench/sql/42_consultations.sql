-- 会诊会 of every studio: one for each fourth case that was accepted, with notes, seats and a guest who spoke.
CREATE TEMP TABLE bench_consultation ON COMMIT PRESERVE ROWS AS
SELECT row_number() OVER (ORDER BY id) AS id, id AS case_id, studio_id, mentor_id, owner_id, sent, state
  FROM bench_case WHERE accepted AND id %% 4 = 0;

INSERT INTO casework_meeting (id, version, studio_id, at, place, chair_id, called_by_id, called_at, ended_at, ended_by_id)
SELECT id, 1, studio_id, sent + interval '2 days', '片区党群服务中心二楼', mentor_id, mentor_id, sent + interval '1 day',
       CASE WHEN state <> 'consulting' THEN sent + interval '50 hours' END,
       CASE WHEN state <> 'consulting' THEN mentor_id END
  FROM bench_consultation;

INSERT INTO casework_agendaitem (id, studio_id, meeting_id, case_id, round, "order")
SELECT id, studio_id, id, case_id, 1, 1 FROM bench_consultation;

INSERT INTO casework_blocknote (studio_id, item_id, block, text, device, written_at, written_by_id)
SELECT studio_id, id, block, '一楼要的不是钱，是有人把他当回事。先量采光，再谈排水，最后才谈井道。', '',
       sent + interval '49 hours', mentor_id
  FROM bench_consultation, unnest(ARRAY['told', 'retold', 'asked', 'summary', 'plan']) block;

INSERT INTO casework_seat (studio_id, meeting_id, person_id, organisation, name, post)
SELECT studio_id, id, owner_id, '', '', '' FROM bench_consultation
UNION ALL
SELECT studio_id, id, NULL, '区房管所', '钱立群', '科长' FROM bench_consultation;

INSERT INTO casework_caseguest (id, studio_id, case_id, round, organisation, name, post, speaks_for, invited_by_id, invited_at)
SELECT id, studio_id, case_id, 1, '区房管所', '钱立群', '科长', 'department', mentor_id, sent + interval '1 day'
  FROM bench_consultation;

INSERT INTO casework_opinion (id, version, case_id, studio_id, round, guest_id, item_id, text, at, written_by_id)
SELECT (SELECT max(id) FROM casework_opinion) + id, 1, case_id, studio_id, 1, id, id,
       '请设计单位先出一份采光报告，我们来约时间。', sent + interval '49 hours', mentor_id
  FROM bench_consultation;

-- One case in two hundred needs the district.
INSERT INTO casework_districtrequest (studio_id, case_id, round, reason, asked_by_id, asked_at, answer)
SELECT studio_id, id, 1, '请区里把供电公司和项目办约到一起，定下先批文还是先增容。', mentor_id, sent + interval '3 days', ''
  FROM bench_case WHERE id %% 200 = 0;
