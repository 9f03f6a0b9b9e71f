@echo off
rem Keysmith's command line, on the Node that lies beside this file.
setlocal
rem What this machine sets for other programs on Node is not for this one.
set "NODE_OPTIONS="
set "NODE_PATH="
"%~dp0node.exe" "%~dp0app\dist\main\cli.js" %*
