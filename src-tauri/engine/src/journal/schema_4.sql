-- Plans as they are stored: a reverse private endpoint says what it connects to, and which names of the admin's own
-- shall resolve to it. What earlier versions made connected to a resource configuration, without such names.
-- A plan that is no JSON is left alone: reading it says that it is damaged.

UPDATE runs SET plan = json_set(
        plan,
        '$.steps', json((
            SELECT json_group_array(
                json(
                    CASE step.value ->> '$.action.action'
                        WHEN 'createReversePrivateEndpoint' THEN
                            json_remove(
                                json_set(
                                    step.value,
                                    '$.action.to', json_object(
                                        'type', 'vpcResource',
                                        'configuration', json(step.value -> '$.action.configuration'),
                                        'share', json(step.value -> '$.action.share')
                                    ),
                                    '$.action.privateDns', json('[]')
                                ),
                                '$.action.configuration',
                                '$.action.share'
                            )
                        ELSE step.value
                    END
                )
                ORDER BY step.key
            )
            FROM json_each(plan, '$.steps') AS step
        ))
    )
    WHERE json_valid(plan);
