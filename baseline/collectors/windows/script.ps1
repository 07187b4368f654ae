# Reads, and answers with one JSON document. Windows PowerShell 5.1 and modules that Windows itself brings; it writes no
# file, starts nothing and changes no setting. Every part stands on its own: what fails is an error with its reason.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
[Threading.Thread]::CurrentThread.CurrentCulture = [Globalization.CultureInfo]::InvariantCulture
Remove-TypeData -TypeName System.Array -ErrorAction SilentlyContinue
$clock = [Diagnostics.Stopwatch]::StartNew()
$parts = @{}
$hive = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
$me = [Security.Principal.WindowsIdentity]::GetCurrent()
$elevated = ([Security.Principal.WindowsPrincipal]$me).IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)

function Limit-Text($value, [int]$length = 400) {
    $text = [string]$value
    if ($text.Length -gt $length) { $text.Substring(0, $length) } else { $text }
}

function Read-Part([string]$name, [scriptblock]$read) {
    if ($wanted -notcontains $name) { return }
    if ($clock.Elapsed.TotalSeconds -gt $seconds) {
        $parts[$name] = @{ error = "not asked: the script had used its $seconds seconds" }
        return
    }
    try { $parts[$name] = @{ value = (& $read) } }
    catch { $parts[$name] = @{ error = (Limit-Text ($_.Exception.GetType().Name + ': ' + $_.Exception.Message)); id = (Limit-Text $_.FullyQualifiedErrorId 120) } }
}

function Get-Flag($value) { if ($null -eq $value) { $null } else { [bool]$value } }

function Get-Number($value) { if ($null -eq $value) { $null } else { [int64]$value } }

function Read-Value($key, [string]$name) {
    $data = $key.GetValue($name, $null, 'DoNotExpandEnvironmentNames')
    if ($null -eq $data) { return $null }
    $kind = [string]$key.GetValueKind($name)
    if ($kind -eq 'DWord') { $data = [int64]$data -band 4294967295 }
    elseif ($kind -eq 'QWord') { $data = [string]$data }
    elseif ($kind -eq 'MultiString') { $data = [string]::Join("`n", [string[]]$data) }
    elseif ($kind -eq 'String' -or $kind -eq 'ExpandString') { $data = [string]$data }
    else { $data = '' }
    if ($data -is [string] -and $data.Length -gt 4000) { return @{ kind = 'TooLong'; data = '' } }
    @{ kind = $kind; data = $data }
}

function Get-Values($path, $names) {
    try { $key = $hive.OpenSubKey($path) }
    catch { return @{ error = (Limit-Text ($_.Exception.GetBaseException().GetType().Name)) } }
    if ($null -eq $key) { return @{ absent = $true } }
    try {
        $values = @{}
        foreach ($name in $names) {
            $content = Read-Value $key $name
            if ($null -ne $content) { $values[$name] = $content }
        }
        @{ found = $values }
    }
    catch { @{ error = (Limit-Text ($_.Exception.GetBaseException().GetType().Name)) } }
    finally { $key.Close() }
}

function Get-Children($path, $names) {
    $top = $hive.OpenSubKey($path)
    if ($null -eq $top) { return @{} }
    $children = @{}
    foreach ($child in @($top.GetSubKeyNames() | Select-Object -First ($most + 1))) {
        $children[$child] = Get-Values "$path\$child" $names
    }
    $top.Close()
    $children
}

function Limit-Command($text) {
    if ($text -match '^\s*"[^"]*"') { return $Matches[0].Trim() }
    if ($text -match '^\s*.*?\.(exe|com|cmd|bat)(?=\s|$)') { return $Matches[0].Trim() }
    if ($text -match '^\s*\S+') { return $Matches[0].Trim() }
    ''
}

function Test-Writable($text) {
    $folded = ([string]$text).ToLowerInvariant().Replace('/', '\')
    foreach ($place in $protected) { $folded = $folded.Replace($place, '') }
    $folded = $folded.Replace('%systemdrive%', 'c:')
    foreach ($place in $writable) { if ($folded.Contains($place)) { return $true } }
    $false
}

Read-Part 'registry' {
    $keys = @{}
    foreach ($line in ($places -split "`n")) {
        $path, $names = $line.Trim().Split('|')
        if ($path) { $keys[$path] = Get-Values $path $names }
    }
    @{ entries = $keys }
}

Read-Part 'machine' {
    $system = Get-CimInstance -ClassName Win32_OperatingSystem -OperationTimeoutSec 20
    $computer = Get-CimInstance -ClassName Win32_ComputerSystem -OperationTimeoutSec 20
    $waits = @('SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending', 'SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired')
    $restart = $false
    foreach ($path in $waits) {
        $key = $hive.OpenSubKey($path)
        if ($null -ne $key) { $restart = $true; $key.Close() }
    }
    @{ product_type = [int]$system.ProductType; domain_member = [bool]$computer.PartOfDomain; restart_pending = $restart }
}

Read-Part 'accounts' {
    $system = Get-CimInstance -ClassName Win32_OperatingSystem -OperationTimeoutSec 20
    if ([int]$system.ProductType -eq 2) { return @{ domain_controller = $true } }
    $users = @(Get-CimInstance -ClassName Win32_UserAccount -Filter 'LocalAccount=True' -OperationTimeoutSec 20 | Select-Object -First ($most + 1))
    $sid = New-Object Security.Principal.SecurityIdentifier 'S-1-5-32-544'
    $group = $sid.Translate([Security.Principal.NTAccount]).Value.Split('\')[-1]
    $members = @()
    foreach ($member in @(([ADSI]"WinNT://./$group,group").psbase.Invoke('Members'))) {
        $bytes = $member.GetType().InvokeMember('objectSid', 'GetProperty', $null, $member, $null)
        $members += (New-Object Security.Principal.SecurityIdentifier ([byte[]]$bytes), 0).Value
    }
    $items = @()
    foreach ($user in $users) {
        $items += @{ name = [string]$user.Name; sid = [string]$user.SID; disabled = [bool]$user.Disabled; password_required = [bool]$user.PasswordRequired; password_expires = [bool]$user.PasswordExpires }
    }
    @{ accounts = $items; administrators = $members }
}

Read-Part 'policy' {
    $system = Get-CimInstance -ClassName Win32_OperatingSystem -OperationTimeoutSec 20
    if ([int]$system.ProductType -eq 2) { return @{ domain_controller = $true } }
    $user = Get-CimInstance -ClassName Win32_UserAccount -Filter 'LocalAccount=True' -OperationTimeoutSec 20 | Select-Object -First 1
    $entry = [ADSI]"WinNT://./$($user.Name),user"
    @{ minimum_length = (Get-Number $entry.MinPasswordLength.Value); history = (Get-Number $entry.PasswordHistoryLength.Value); lockout_threshold = (Get-Number $entry.MaxBadPasswordsAllowed.Value); lockout_seconds = (Get-Number $entry.AutoUnlockInterval.Value) }
}

Read-Part 'services' {
    $children = Get-Children 'SYSTEM\CurrentControlSet\Services' @('Type', 'Start', 'ObjectName', 'ImagePath')
    foreach ($child in $children.Values) {
        $path = $child.found.ImagePath
        if ($path) { $path.data = Limit-Command $path.data }
    }
    @{ entries = $children }
}

Read-Part 'states' {
    $states = @{}
    foreach ($service in @(Get-Service -Name 'MpsSvc', 'WinDefend' -ErrorAction SilentlyContinue)) { $states[[string]$service.Name] = [string]$service.Status }
    @{ states = $states }
}

Read-Part 'software' {
    $names = @('DisplayName', 'DisplayVersion', 'Publisher', 'ParentKeyName', 'SystemComponent')
    @{ native = (Get-Children 'SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall' $names); wow64 = (Get-Children 'SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall' $names) }
}

Read-Part 'firewall_rules' {
    $keys = @{}
    foreach ($path in $rulekeys) {
        $key = $hive.OpenSubKey($path)
        $rules = @{}
        if ($null -ne $key) {
            foreach ($name in $key.GetValueNames()) {
                $rule = [string]$key.GetValue($name)
                if ($rule -like '*|Action=Allow|*' -and $rule -like '*|Active=TRUE|*' -and $rule -like '*|Dir=In|*' -and ($rules.Count -le $most)) { $rules[$name] = Limit-Text $rule 4000 }
            }
            $key.Close()
        }
        $keys[$path] = $rules
    }
    @{ entries = $keys }
}

Read-Part 'firewall' {
    $profiles = @()
    foreach ($entry in @(Get-NetFirewallProfile -PolicyStore ActiveStore)) {
        $profiles += @{ name = [string]$entry.Name; enabled = [string]$entry.Enabled; inbound = [string]$entry.DefaultInboundAction; log_blocked = [string]$entry.LogBlocked; local_rules = [string]$entry.AllowLocalFirewallRules }
    }
    @{ profiles = $profiles }
}

Read-Part 'defender' {
    $status = Get-MpComputerStatus
    $choice = Get-MpPreference
    $rules = @{}
    $ids = @($choice.AttackSurfaceReductionRules_Ids)
    $actions = @($choice.AttackSurfaceReductionRules_Actions)
    for ($at = 0; $at -lt $ids.Count; $at++) { if ($ids[$at]) { $rules[[string]$ids[$at]] = [int]$actions[$at] } }
    @{
        mode = [string]$status.AMRunningMode; service = (Get-Flag $status.AMServiceEnabled); antivirus = (Get-Flag $status.AntivirusEnabled)
        real_time = (Get-Flag $status.RealTimeProtectionEnabled); behaviour = (Get-Flag $status.BehaviorMonitorEnabled)
        signature_age = (Get-Number $status.AntivirusSignatureAge); tamper = [string]$status.IsTamperProtected
        scripts_off = (Get-Flag $choice.DisableScriptScanning); unwanted = (Get-Number $choice.PUAProtection); cloud = (Get-Number $choice.MAPSReporting)
        cloud_level = (Get-Number $choice.CloudBlockLevel); network = (Get-Number $choice.EnableNetworkProtection); rules = $rules
    }
}

Read-Part 'smb' {
    $server = Get-SmbServerConfiguration
    $client = Get-SmbClientConfiguration
    @{ version_1 = (Get-Flag $server.EnableSMB1Protocol); server_signing = (Get-Flag $server.RequireSecuritySignature); client_signing = (Get-Flag $client.RequireSecuritySignature); guest = (Get-Flag $client.EnableInsecureGuestLogons) }
}

Read-Part 'drives' {
    $items = @()
    foreach ($volume in @(Get-BitLockerVolume)) {
        $items += @{ name = [string]$volume.MountPoint; type = [string]$volume.VolumeType; status = [string]$volume.VolumeStatus; protection = [string]$volume.ProtectionStatus; method = [string]$volume.EncryptionMethod }
    }
    @{ drives = $items }
}

Read-Part 'tasks' {
    $items = @()
    foreach ($task in @(Get-ScheduledTask | Select-Object -First ($most + 1))) {
        $commands = @()
        $risky = $false
        foreach ($action in @($task.Actions)) {
            if ($action.Execute) { $commands += (Limit-Text (Limit-Command ([string]$action.Execute))) }
            if ((Test-Writable $action.Execute) -or (Test-Writable $action.Arguments)) { $risky = $true }
        }
        $account = [string]$task.Principal.UserId
        if (-not $account) { $account = [string]$task.Principal.GroupId }
        $items += @{ name = ([string]$task.TaskPath + [string]$task.TaskName); enabled = [bool]($task.Settings.Enabled -ne $false); account = $account; highest = (@('Highest', '1') -contains [string]$task.Principal.RunLevel); commands = $commands; writable = $risky }
    }
    @{ tasks = $items }
}

Read-Part 'hotfixes' {
    $items = @()
    foreach ($fix in @(Get-CimInstance -ClassName Win32_QuickFixEngineering -OperationTimeoutSec 40 | Select-Object -First ($most + 1))) {
        $items += @{ name = [string]$fix.HotFixID; installed = [string]$fix.CimInstanceProperties['InstalledOn'].Value }
    }
    @{ hotfixes = $items }
}

Read-Part 'listeners' {
    $names = @{}
    foreach ($process in @(Get-Process)) { $names[[string]$process.Id] = [string]$process.ProcessName }
    $items = @()
    foreach ($entry in @(Get-NetTCPConnection -State Listen | Select-Object -First ($most + 1))) {
        $items += @{ address = [string]$entry.LocalAddress; port = [int]$entry.LocalPort; program = [string]$names[[string]$entry.OwningProcess] }
    }
    @{ listeners = $items }
}

Read-Part 'leftovers' {
    $items = @()
    $unseen = @()
    $drive = $env:SystemDrive
    foreach ($line in ($files -split "`n")) {
        $kind, $path = $line.Trim().Split('|')
        if (-not $path) { continue }
        $full = $drive + '\' + $path.Replace('/', '\')
        try {
            $information = New-Object IO.FileInfo $full
            if (-not $information.Exists) { continue }
            if ($information.Length -gt 8388608) { $unseen += $path; continue }
            $text = [IO.File]::ReadAllText($full)
            foreach ($pattern in $patterns[$kind]) { if ([regex]::IsMatch($text, $pattern)) { $items += @{ name = $path; kind = $kind }; break } }
        }
        catch { $unseen += $path }
    }
    foreach ($line in ($folders -split "`n")) {
        $kind, $path, $suffix, $depth = $line.Trim().Split('|')
        if (-not $kind) { continue }
        $full = $drive + '\' + $path.Replace('/', '\')
        if (-not [IO.Directory]::Exists($full)) { continue }
        try {
            foreach ($file in @([IO.Directory]::EnumerateFiles($full, "*$suffix", $depth) | Select-Object -First ($most + 1))) {
                $name = $file.Substring($drive.Length).Replace('\', '/').TrimStart('/')
                if ($items.Count -gt $most) { break }
                if ($kind -eq 'key_file') { $items += @{ name = $name; kind = $kind }; continue }
                $text = [IO.File]::ReadAllText($file)
                foreach ($pattern in $patterns[$kind]) { if ([regex]::IsMatch($text, $pattern)) { $items += @{ name = $name; kind = $kind }; break } }
            }
        }
        catch { $unseen += $path }
    }
    $key = $hive.OpenSubKey('SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon')
    if ($null -ne $key) {
        if ($key.GetValue('DefaultPassword')) { $items += @{ name = 'SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon, DefaultPassword'; kind = 'automatic_logon' } }
        $key.Close()
    }
    @{ leftovers = $items; unseen = $unseen }
}

$answer = @{ form = 1; elevated = [bool]$elevated; seconds = [int]$clock.Elapsed.TotalSeconds; parts = $parts }
$json = ConvertTo-Json -InputObject $answer -Depth 10 -Compress
$json = [regex]::Replace($json, '[^\x20-\x7E]', { param($found) '\u{0:x4}' -f [int][char]$found.Value }).Replace('  ', ' \u0020')
$lines = @([regex]::Matches($json, '.{0,75}[^ ]') | ForEach-Object { $_.Value })
"`n$mark begin`n" + [string]::Join("`n", $lines) + "`n$mark end"
