using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using CopilotSentinelKit.Kql.Evaluate.Expressions;
using CopilotSentinelKit.Kql.Evaluate.Values;
using static CopilotSentinelKit.Kql.Evaluate.Functions.ScalarFunction;

namespace CopilotSentinelKit.Kql.Evaluate.Functions;

/// <summary>Hashes.</summary>
internal static class HashFunctions
{
    private const KqlType S = KqlType.String;

    public static IEnumerable<ScalarFunction> All =>
    [
        Text("hash_sha256(value)", SHA256.HashData), Text("hash_md5(value)", Md5), Text("hash_sha1(value)", Sha1),
        new("hash(string | datetime[, mod])", XxHash), new("hash_xxhash64(string | datetime[, mod])", XxHash),
    ];

    private static ScalarFunction Text(string signature, Func<byte[], byte[]> hash) =>
        Unary(signature, S, S, text => Value.Of(Convert.ToHexStringLower(hash(Encoding.UTF8.GetBytes(text.Text)))));

    [SuppressMessage("Security", "CA5351", Justification = "The function that KQL has.")]
    private static byte[] Md5(byte[] data) => MD5.HashData(data);

    [SuppressMessage("Security", "CA5350", Justification = "The function that KQL has.")]
    private static byte[] Sha1(byte[] data) => SHA1.HashData(data);

    // The documented results fit the UTF-8 of a text and the ticks of a datetime; what is hashed of other types is documented nowhere.
    private static Expression XxHash(Call call)
    {
        var value = call.Argument(0);
        if (value.Type is not (S or KqlType.DateTime))
        {
            throw call.Refuse($"a {value.Type.Name()} as the argument");
        }

        var modulo = call.Known(1, Value.Null);
        return Expression.Of(KqlType.Long, row => value.Evaluate(row) is { IsNull: false } found ? Modulo((long)XxHash64.HashToUInt64(Bytes(found)), modulo) : Value.Null, value);
    }

    private static byte[] Bytes(in Value value)
    {
        if (value.Kind == ValueKind.String)
        {
            return Encoding.UTF8.GetBytes(value.Text);
        }

        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value.Bits);
        return bytes;
    }

    private static Value Modulo(long hash, in Value modulo) => modulo.IsNull ? Value.Of(hash)
        : hash >= 0 && modulo.Bits > 0 ? Value.Of(hash % modulo.Bits)
        : throw EvaluationException.Of("What hash() with a second argument gives for a negative hash is not documented.");
}
