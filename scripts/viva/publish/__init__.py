"""Publishing: a built site goes to where readers find it, and nothing of others there is touched.

`hosts` has the files that hosts read, `servers` speaks SFTP, `upload` brings what changed to any
`Place`, and `workflows` holds what makes GitHub and GitLab build the course themselves.
"""
