-- Plans as they are stored: a source can be more than a database, a gateway says where it looks names up, a
-- configuration says what it is defined by, and what was there before is named. What earlier versions made
-- was all new, for a database by its ARN, behind a gateway that looks names up in public DNS (AWS's default).
-- A plan that is no JSON is left alone: reading it says that it is damaged.

UPDATE runs SET plan = json_remove(
        json_set(
            plan,
            '$.uses', json('[]'),
            '$.source.target', json_object('kind', 'database', 'arn', plan ->> '$.source.arn'),
            '$.steps', json((
                SELECT json_group_array(
                    json(
                        CASE step.value ->> '$.action.action'
                            WHEN 'createResourceGateway' THEN
                                json_set(step.value, '$.action.dnsResolution', 'public')
                            WHEN 'createResourceConfiguration' THEN
                                json_remove(
                                    json_set(
                                        step.value,
                                        '$.action.definition',
                                        json_object('type', 'database', 'arn', step.value ->> '$.action.databaseArn')
                                    ),
                                    '$.action.databaseArn'
                                )
                            ELSE step.value
                        END
                    )
                    ORDER BY step.key
                )
                FROM json_each(plan, '$.steps') AS step
            ))
        ),
        '$.source.arn'
    )
    WHERE json_valid(plan);
