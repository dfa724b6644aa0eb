-- The library, the index of words for cases and the library, and some topics.

INSERT INTO casework_librarycase (id, version, studio_id, case_id, state, title, category, place_kind, story, question,
       diagnosis, cure, effect, comment, named, result, month, kept_findings, edited_at, edited_by_id, returned, read_at,
       read_by_id, reason)
SELECT row_number() OVER (ORDER BY closed_at, id), 1, studio_id, id, 'published', left(title, 40), category, 'old', story,
       question, '没有人把日照图给他看过。', '1. 学员：请设计单位到场测采光', '学员评：解决了。师傅评：好转了。',
       '先量采光，再谈补偿。', false, (ARRAY['solved', 'better', 'same'])[1 + id %% 3], date_trunc('month', closed_at)::date,
       '[]', closed_at, owner_id, '', closed_at + interval '3 days', chair_id, ''
  FROM casework_case WHERE state = 'published' AND chair_id <> owner_id;

INSERT INTO people_searchtext (studio_id, kind, source_id, "on", title, body, category, place_kind, tokens)
SELECT t.studio_id, t.kind, t.id, t.day, t.title, t.question || E'\n' || t.story, t.category, '',
       ('''加装'':2A ''电梯'':3A,12 ''一楼'':4A,15 ''住户'':5A ''反对'':6A ''采光'':7B,20 ''补偿'':8B ''上门'':24 ''@' || t.scope ||
        ''' ''@k' || t.kind || ''' ''@c' || t.category || ''' ''@y' || extract(year FROM t.day) || ''' ''@' || t.scope ||
        'm' || extract(year FROM t.day) * 12 + extract(month FROM t.day) - 1 || '''')::tsvector
  FROM (SELECT 'case' AS kind, id, studio_id, submitted_at::date AS day, title, question, story, category, 's' || studio_id AS scope
          FROM casework_case WHERE submitted_at IS NOT NULL
        UNION ALL
        SELECT 'library', l.id, l.studio_id, l.month, l.title, l.question, l.story, l.category, 'd' || s.parent_id
          FROM casework_librarycase l JOIN people_studio s ON s.id = l.studio_id) t
 ORDER BY t.day, t.id;

INSERT INTO casework_topic (id, version, studio_id, title, category, place_kind, why, plan, lead_id, opened_on, opened_by_id,
       findings)
SELECT row_number() OVER (ORDER BY id), 1, studio_id, '老旧小区停车怎么排', 'parking', 'old', '好几个居民区都提过。', '先数车位，再试错时。',
       chair_id, submitted_at::date, owner_id, ''
  FROM casework_case WHERE state = 'closed' AND id %% 50 = 0 AND chair_id IS NOT NULL;
