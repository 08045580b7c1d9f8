print("cf-ecs")
