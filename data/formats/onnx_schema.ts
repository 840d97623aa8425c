/**
 * The messages of an ONNX file that are written here, with the numbers that the format gives to
 * their fields (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto), as protobuf.js reads them.
 *
 * @module
 */

interface FieldSchema {
  type: string;
  id: number;
  rule?: "repeated";
}

const one = (type: string, id: number): FieldSchema => ({ type, id });
const many = (type: string, id: number): FieldSchema => ({ rule: "repeated", type, id });

/** A message; in this edition a number that is 0 is written, and is not one that is missing. */
const message = (fields: Record<string, FieldSchema>) => ({ edition: "proto2", fields });

/** By name. Enumerations are plain numbers: {@linkcode ELEMENT}, {@linkcode ATTRIBUTE}. */
export const ONNX_SCHEMA = {
  nested: {
    ModelProto: message({
      irVersion: one("int64", 1),
      producerName: one("string", 2),
      docString: one("string", 6),
      graph: one("GraphProto", 7),
      opsetImport: many("OperatorSetIdProto", 8),
      metadataProps: many("StringStringEntryProto", 14),
    }),
    OperatorSetIdProto: message({ domain: one("string", 1), version: one("int64", 2) }),
    StringStringEntryProto: message({ key: one("string", 1), value: one("string", 2) }),
    GraphProto: message({
      node: many("NodeProto", 1),
      name: one("string", 2),
      initializer: many("TensorProto", 5),
      input: many("ValueInfoProto", 11),
      output: many("ValueInfoProto", 12),
    }),
    NodeProto: message({
      input: many("string", 1),
      output: many("string", 2),
      name: one("string", 3),
      opType: one("string", 4),
      attribute: many("AttributeProto", 5),
      domain: one("string", 7),
    }),
    AttributeProto: message({
      name: one("string", 1),
      f: one("float", 2),
      i: one("int64", 3),
      t: one("TensorProto", 5),
      ints: many("int64", 8),
      strings: many("bytes", 9),
      type: one("int32", 20),
    }),
    TensorProto: message({
      dims: many("int64", 1),
      dataType: one("int32", 2),
      name: one("string", 8),
      rawData: one("bytes", 9),
    }),
    ValueInfoProto: message({ name: one("string", 1), type: one("TypeProto", 2) }),
    TypeProto: message({ tensorType: one("TensorTypeProto", 1) }),
    TensorTypeProto: message({ elemType: one("int32", 1), shape: one("TensorShapeProto", 2) }),
    TensorShapeProto: message({ dim: many("DimensionProto", 1) }),
    DimensionProto: message({ dimValue: one("int64", 1), dimParam: one("string", 2) }),
  },
};

/** Numbers of element types (`TensorProto.DataType`). */
export const ELEMENT = { F32: 1, I64: 7, F64: 11 } as const;

/** Numbers of attributes' types (`AttributeProto.AttributeType`), by the field that holds them. */
export const ATTRIBUTE = { f: 1, i: 2, t: 4, ints: 7, strings: 8 } as const;
