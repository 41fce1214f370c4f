namespace CopilotSentinelKit.Cli.Files;

/// <summary>Symbolic links and junctions: a repository can carry them, and they could lead anywhere.</summary>
internal static class Links
{
    private const int Longest = 40;

    /// <summary>Whether a path is a link, wherever it leads.</summary>
    public static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;

    /// <summary>The first part of a path below a folder that is a link, or null.</summary>
    public static string? Below(string top, string path)
    {
        var part = top;
        foreach (var name in Path.GetRelativePath(top, path).Split(Path.DirectorySeparatorChar))
        {
            part = Path.Combine(part, name);
            if (name != "." && IsLink(part))
            {
                return part;
            }
        }

        return null;
    }

    /// <summary>The first link in the way of a path that a person named: in the folder or repository that they work in, or the file itself.
    /// What is above is theirs: a system may have links there.</summary>
    public static string? InTheWay(string path)
    {
        var full = Path.GetFullPath(path);
        return Below(TopOf(full) ?? Path.GetDirectoryName(full) ?? full, full);
    }

    /// <summary>Whether a path that a person named is in the folder or repository that they work in, and leads out of it.</summary>
    public static bool LeadsOut(string path)
    {
        var full = Path.GetFullPath(path);
        return TopOf(full) is { } top && LeadsOut(top, full);
    }

    /// <summary>Whether a path below a folder is really elsewhere, or where names start with a dot: git keeps passwords there.</summary>
    /// <exception cref="IOException">Links lead round in a circle.</exception>
    public static bool LeadsOut(string top, string path)
    {
        if (Below(top, path) is null)
        {
            return false;
        }

        var (folder, real) = (Real(top), Real(path));
        return !IsIn(folder, real) || Path.GetRelativePath(folder, real).Split(Path.DirectorySeparatorChar).Any(name => name.StartsWith('.') && name != ".");
    }

    /// <summary>Whether a path is a folder or below it, as they are written.</summary>
    public static bool IsIn(string folder, string path)
    {
        var inside = Path.GetRelativePath(folder, path);
        return inside != ".." && !inside.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(inside);
    }

    private static string? TopOf(string full)
    {
        if (Directory.GetCurrentDirectory() is var here && IsIn(here, full))
        {
            return here;
        }

        return Path.GetDirectoryName(full) is { } folder ? OutputFolder.RootOf(folder) : null;
    }

    // Part by part, since ".." behind a link means the folder that it leads to.
    private static string Real(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        var rest = new Stack<string>(full[real.Length..].Split(Path.DirectorySeparatorChar).Reverse());
        var links = 0;
        while (rest.TryPop(out var name))
        {
            var next = Path.Combine(real, name);
            if (name is "" or ".")
            {
                continue;
            }

            if (name == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
            }
            else if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
            }
            else if (++links > Longest)
            {
                throw new IOException($"\"{PackFolder.Shown(path)}\" is a link that leads round in a circle. Put the file itself there.");
            }
            else
            {
                real = Path.IsPathRooted(target) ? Path.GetPathRoot(Path.GetFullPath(target))! : real;
                foreach (var part in target.Split('/', Path.DirectorySeparatorChar).Reverse())
                {
                    rest.Push(part);
                }
            }
        }

        return real;
    }
}
